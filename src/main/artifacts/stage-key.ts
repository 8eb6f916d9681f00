/**
 * The address of a stage's output: the hash of everything that shapes it. Pure, so that a plan can say what is already there
 * before anything runs. It leaves out the provider on purpose: providers that passed the pack's golden vectors are interchangeable
 * for a person, and the artifact records which one it was.
 */
import { createHash } from 'node:crypto';
import type { PlannedStage } from '#engine/plan';
import { canonicalJson, type Json } from '#shared/canonical-json';
import type { Shot } from '#shared/shot';
import { sha256Schema, type Sha256 } from '#shared/units';

/** Counted up when stages mean something else by the same words: then nothing old is reused. */
const keyFormat = 1;

/** What a stage starts from: nothing (the base), a stage's output by its key, or frames that a person brought. */
export type StageInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'stage'; readonly key: Sha256 }
  | { readonly kind: 'imported'; readonly sha256: Sha256 };

/** The key of `stage` as it is planned for `shot`. */
export function stageKey(packHash: Sha256, shot: Shot, stage: PlannedStage, input: StageInput): Sha256 {
  return hashJson({
    format: keyFormat,
    pack: packHash,
    stage: stage.id,
    output: { ...stage.output },
    parameters: toJson(stage.parameters),
    seed: stage.seed,
    prompts: shot.prompts.map((part) => part.prompt),
    partOfFrame: [...stage.partOfFrame],
    negativePrompt: shot.negativePrompt,
    given: stage.given.map(({ given, frame, sourceFrame }) => ({
      sha256: shot.given[given]?.source.sha256,
      frame,
      sourceFrame,
    })),
    input: toJson(input),
  });
}

/** The address of frames that a person brought: their pictures alone, however they are stored. */
export function importedKey(
  frames: { readonly frames: number; readonly height: number; readonly width: number },
  framesSha256: Sha256,
): Sha256 {
  const { frames: count, height, width } = frames;
  return hashJson({ format: keyFormat, imported: { frames: count, height, width, framesSha256 } });
}

function hashJson(value: Json): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(canonicalJson(value)).digest('hex'));
}

/** Plain data as `Json`: what schemas gave, whose types TypeScript does not see as JSON because of their brands and options. */
function toJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value === null || value === undefined) return null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, toJson(member)]));
}
