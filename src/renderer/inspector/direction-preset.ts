/**
 * The direction of a shot as a preset: what of it is kept, and what of one fits another pack. A preset says what differs from a pack's
 * defaults; so it is about any pack that has stages of these names. Pure.
 */
import { isFlowSchedule } from '#engine/schedule';
import { samplerOf } from '#engine/samplers/table';
import { canonicalJson } from '#shared/canonical-json';
import { stageIdSchema, type StageId, type StageSpec } from '#shared/pack-manifest';
import type { ShotDirecting } from '#shared/project/edits/shots';
import type { ProjectShot } from '#shared/project/project-shot';
import type { StageOverrides, StageParameters } from '#shared/stage-parameters';
import type { DirectionPreset } from '#shared/studio/settings';
import { fittingCurve } from '../guidance/presets';

type Directed = Omit<DirectionPreset, 'name'>;
type Parameters = Directed['stages'][StageId];

/** Of a stage that the pack has, one field; of one that it has not, all. */
export interface LeftOut {
  readonly stage: StageId;
  readonly field?: keyof StageParameters;
}

export interface Fitting {
  readonly direction: Directed;
  readonly leftOut: readonly LeftOut[];
}

/** Without seeds, and without stages of which nothing is said. */
export function directionOf({ direction: { stages, stopAt } }: ProjectShot): Directed {
  const kept: Directed['stages'] = {};
  for (const [stage, overrides] of entriesOf(stages)) {
    const parameters = { ...overrides };
    Reflect.deleteProperty(parameters, 'seed');
    if (Object.values(parameters).some((value) => value !== undefined)) kept[stage] = parameters;
  }
  return { stages: kept, ...(stopAt !== undefined && { stopAt }) };
}

export function isSameDirection(a: Directed, b: Directed): boolean {
  return canonicalJson({ ...a }) === canonicalJson({ ...b });
}

/** What of a preset the stages of a pack can take. Guidance weights come within what a distilled stage was trained for. */
export function fittingDirection({ stages, stopAt }: Directed, specs: readonly StageSpec[]): Fitting {
  const specOf = new Map(specs.map((spec) => [spec.id, spec]));
  const fitting: Directed['stages'] = {};
  const leftOut: LeftOut[] = [];
  for (const [stage, parameters] of entriesOf(stages)) {
    const spec = specOf.get(stage);
    if (spec === undefined) {
      leftOut.push({ stage });
      continue;
    }
    const { fits, misfits } = fittingParameters(parameters, spec);
    if (Object.keys(fits).length > 0) fitting[stage] = fits;
    leftOut.push(...misfits.map((field) => ({ stage, field })));
  }
  const isThere = stopAt === undefined || specOf.has(stopAt);
  if (!isThere && leftOut.every(({ stage }) => stage !== stopAt)) leftOut.push({ stage: stopAt });
  return { direction: { stages: fitting, ...(isThere && stopAt !== undefined && { stopAt }) }, leftOut };
}

/** The shot as the preset directs it; its stages keep their own seeds. */
export function directedBy({ id, direction }: ProjectShot, { stages, stopAt }: Directed): ShotDirecting {
  const directed: Record<StageId, StageOverrides> = { ...stages };
  for (const [stage, { seed }] of entriesOf(direction.stages))
    if (seed !== undefined) directed[stage] = { ...stages[stage], seed };
  return { shotId: id, stages: directed, ...(stopAt !== undefined && { stopAt }) };
}

function fittingParameters(
  parameters: Parameters,
  spec: StageSpec,
): { readonly fits: Parameters; readonly misfits: readonly (keyof StageParameters)[] } {
  const { guidance, sampler, augmentationLogSnr } = parameters;
  const fits = { ...parameters };
  const misfits: (keyof StageParameters)[] = [];
  const leave = (field: keyof StageParameters): void => {
    Reflect.deleteProperty(fits, field);
    misfits.push(field);
  };
  if (sampler !== undefined && samplerOf(sampler).flowOnly && !isFlowSchedule(spec.schedule)) leave('sampler');
  if (guidance !== undefined && spec.guidance.kind === 'none') leave('guidance');
  else if (guidance !== undefined) fits.guidance = fittingCurve(guidance, spec.guidance);
  const range = spec.lowRes?.augmentation;
  const isTrained =
    augmentationLogSnr === undefined ||
    (range !== undefined && augmentationLogSnr >= range.logSnrMin && augmentationLogSnr <= range.logSnrMax);
  if (!isTrained) leave('augmentationLogSnr');
  return { fits, misfits };
}

function entriesOf<Value>(stages: Readonly<Record<StageId, Value>>): readonly (readonly [StageId, Value])[] {
  return Object.entries(stages).map(([stage, value]) => [stageIdSchema.parse(stage), value]);
}
