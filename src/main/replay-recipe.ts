/**
 * Makes a clip again from its recipe and says, stage by stage, how close that came. Nothing that was made before is reused: the
 * stages run in a folder of their own, so that equal bytes mean that they were computed twice.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import { providerSchema, type Provider } from '#shared/inference-contract';
import type { StageId } from '#shared/pack-manifest';
import type { Recipe } from '#shared/recipe';
import type { Sha256 } from '#shared/units';
import type { ArtifactStore } from './artifacts/artifact-store';
import { compareClips, type ClipDifference } from './compare-clips';
import type { CascadeEvent, CascadeRequest } from './jobs/cascade-job';
import { importedKeys } from './jobs/keyed-stages';
import type { Presence } from './files/presence';
import type { Pack } from './packs/pack';
import type { Sluice } from './sluice';

export interface ReplayRequest extends Omit<CascadeRequest, 'shot'> {
  readonly recipe: Recipe;
  readonly onEvent: (event: CascadeEvent) => void;
  /** Is given the finished replay's last frame file while it still exists. */
  readonly useResult?: (framesPath: string, recipe: Recipe) => Promise<void>;
}

export type StageComparison = { readonly stage: StageId } & (
  | { readonly kind: 'equal' }
  /** The frames of then are still kept, so their distance is known. */
  | { readonly kind: 'close'; readonly difference: ClipDifference }
  /** Only the hash of the frames of then is known. */
  | { readonly kind: 'different' }
);

const folderPrefix = 'replay-';
/** With the presence of the process that replays. */
const folderPattern = new RegExp(`^${folderPrefix}(\\d+-[0-9a-f]{16})-`);

/** Throws what running a job throws, and `artifact-missing` where frames that a person brought are no longer kept. */
export async function replayRecipe(
  sluice: Sluice,
  request: ReplayRequest,
  signal: AbortSignal,
): Promise<readonly StageComparison[]> {
  const { recipe, onEvent, useResult, ...means } = request;
  const { artifacts } = await sluice.jobs();
  const presence = await sluice.presence();
  await removeAbandoned(sluice.home, presence);
  await mkdir(sluice.home, { recursive: true });
  const folder = await mkdtemp(path.join(sluice.home, `${folderPrefix}${presence.id}-`));
  const fresh = sluice.withHome(folder);
  try {
    const jobs = await fresh.jobs();
    for (const key of importedKeys(recipe.shot)) await copyImported(artifacts, jobs.artifacts, key, signal);
    const result = await jobs.run({ ...means, shot: recipe.shot }, signal, onEvent);
    const comparisons: StageComparison[] = [];
    for (const stage of result.recipe.stages)
      comparisons.push(await compareStage(stage, recipe, artifacts, jobs.artifacts, signal));
    await useResult?.(result.outputPath, result.recipe);
    return comparisons;
  } finally {
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The provider that made the clip where it works here; undefined: any, and the result may differ. */
export async function replayProvider(
  sluice: Sluice,
  recipe: Recipe,
  pack: Pack,
  signal: AbortSignal,
): Promise<Provider | undefined> {
  const made = providerSchema.safeParse(recipe.madeBy.provider);
  if (!made.success) return undefined;
  const report = await (await sluice.jobs()).services.providers.report(pack, made.data, signal);
  return report.usable ? made.data : undefined;
}

async function compareStage(
  now: Recipe['stages'][number],
  recipe: Recipe,
  kept: ArtifactStore,
  fresh: ArtifactStore,
  signal: AbortSignal,
): Promise<StageComparison> {
  const then = recipe.stages.find(({ id }) => id === now.id);
  if (then?.framesSha256 === now.framesSha256) return { stage: now.id, kind: 'equal' };
  const before = then === undefined ? undefined : await kept.find(then.key);
  const after = await fresh.find(now.key);
  if (before === undefined || after === undefined || before.metadata.framesSha256 !== then?.framesSha256)
    return { stage: now.id, kind: 'different' };
  return { stage: now.id, kind: 'close', difference: await compareClips(before.path, after.path, signal) };
}

async function copyImported(from: ArtifactStore, to: ArtifactStore, key: Sha256, signal: AbortSignal): Promise<void> {
  const artifact = await from.find(key);
  if (artifact === undefined)
    throw new SluiceError(
      'artifact-missing',
      `The recipe needs frames that somebody brought (${key}), which are not kept here. Replay it where the clip was made.`,
      {
        details: { key },
      },
    );
  const reader = await openFrameFile(artifact.path);
  try {
    await to.import(reader, signal);
  } finally {
    await reader.close();
  }
}

/** What processes left that were killed while they replayed. */
async function removeAbandoned(home: string, presence: Presence): Promise<void> {
  for (const name of await readdir(home).catch(() => [])) {
    const owner = folderPattern.exec(name)?.[1];
    if (owner !== undefined && !(await presence.isAlive(owner)))
      await rm(path.join(home, name), { recursive: true, force: true });
  }
}
