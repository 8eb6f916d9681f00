/** Writes down what made a clip. */
import { recipeSchema, type Recipe } from '#shared/recipe';
import type { Shot } from '#shared/shot';
import type { Artifact } from '../artifacts/artifact-store';
import type { Pack } from '../packs/pack';
import type { KeyedStage } from './keyed-stages';

export interface Versions {
  readonly sluice: string;
  readonly onnxruntime: string;
}

/** @param made each stage with its artifact, in order */
export function makeRecipe(
  pack: Pack,
  shot: Shot,
  made: readonly { readonly keyed: KeyedStage; readonly artifact: Artifact }[],
  versions: Versions,
): Recipe {
  const stages = made.map(({ keyed: { stage, key }, artifact }) => ({
    id: stage.id,
    parameters: stage.parameters,
    seed: stage.seed,
    key,
    framesSha256: artifact.metadata.framesSha256,
    provider: providerOf(artifact),
  }));
  return recipeSchema.parse({
    format: 'sluice-recipe',
    schemaVersion: 1,
    madeBy: { ...versions, provider: stages.at(-1)?.provider ?? '' },
    pack: { name: pack.manifest.name, version: pack.manifest.version, hash: pack.hash },
    shot,
    stages,
  });
}

function providerOf({ metadata: { origin } }: Artifact): string {
  return origin.kind === 'stage' ? origin.provider : 'none';
}
