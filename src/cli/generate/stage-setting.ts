/** `--stage <id>.<name>=<value>`: one change to one stage's parameters, and how several become overrides. Pure. */
import type { PackManifest, StageId } from '#shared/pack-manifest';
import { stageIdSchema } from '#shared/pack-manifest';
import { SluiceError } from '#shared/errors';
import { samplerSchema, thresholdingSchema, type SamplerChoice, type Thresholding } from '#shared/guidance';
import type { Shot } from '#shared/shot';
import type { StageOverrides } from '#shared/stage-parameters';
import { logSnrSchema } from '#shared/units';
import { didYouMean } from '../options/suggest';
import { decimal, oneOf, unexpected, wholeNumber } from '../options/value-parsers';
import { parseGuidance } from './guidance-text';

export interface StageSetting {
  readonly stage: StageId;
  /** The overrides with this setting, given those before it and the sampler that the pack runs the stage with. */
  readonly apply: (before: StageOverrides, usual: SamplerChoice | undefined) => StageOverrides;
  /** It changes what another setting chose, so it comes after all others, wherever it was written. */
  readonly refines?: boolean;
}

type Setter = (value: string) => StageSetting['apply'];

const refining: readonly string[] = ['gamma'];

/** A new parameter is a line here; `--help` lists the names. */
const setters: Readonly<Record<string, Setter>> = {
  steps: (value) => set({ steps: wholeNumber(1, 1000)(value) }),
  sampler: (value) => {
    const kind = oneOf('ddim', 'ancestral', 'stochastic-n-step', 'euler', 'heun')(value);
    return (before, usual) => ({ ...before, sampler: samplerOf(kind, before.sampler ?? usual) });
  },
  gamma: (value) => {
    const gamma = decimal(0, 1)(value);
    return (before, usual) => ({ ...before, sampler: withGamma(gamma, before.sampler ?? usual) });
  },
  guidance: (value) => set({ guidance: parseGuidance(value) }),
  thresholding: (value) => set({ thresholding: parseThresholding(value) }),
  augmentation: (value) => set({ augmentationLogSnr: logSnrSchema.parse(decimal(-30, 30)(value)) }),
  seed: (value) => set({ seed: wholeNumber(0, Number.MAX_SAFE_INTEGER)(value) }),
};

export const stageSettingNames = Object.keys(setters);

/** Throws `invalid-argument`. */
export function parseStageSetting(text: string): StageSetting {
  const parts = /^([^.=]+)\.([^.=]+)=(.*)$/s.exec(text);
  if (parts === null) throw unexpected('<stage>.<name>=<value>, such as base.steps=16', text);
  const [, id = '', name = '', value = ''] = parts;
  const stage = stageIdSchema.safeParse(id);
  if (!stage.success) throw unexpected('the id of a stage, such as base or ssr-48', id);
  const setter = Object.hasOwn(setters, name) ? setters[name] : undefined;
  if (setter === undefined) throw unexpectedName(name);
  try {
    return { stage: stage.data, apply: setter(value), refines: refining.includes(name) };
  } catch (cause) {
    if (!(cause instanceof SluiceError)) throw cause;
    throw new SluiceError('invalid-argument', `${id}.${name}: ${cause.message}`, { cause });
  }
}

/** Settings in the order in which they were given; later ones win. Throws `invalid-argument` for those that contradict each other. */
export function overridesOf(
  settings: readonly StageSetting[],
  { stages }: Pick<PackManifest, 'stages'>,
): Shot['stages'] {
  const overrides: Shot['stages'] = {};
  const inTurn = [...settings.filter(({ refines }) => refines !== true), ...settings.filter(({ refines }) => refines)];
  for (const { stage, apply } of inTurn) {
    const usual = stages.find(({ id }) => id === stage)?.defaults.sampler;
    overrides[stage] = atStage(stage, () => apply(overrides[stage] ?? {}, usual));
  }
  return overrides;
}

function atStage<T>(stage: StageId, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof SluiceError)) throw cause;
    throw new SluiceError('invalid-argument', `--stage ${stage}: ${cause.message}`, { cause });
  }
}

function set(overrides: StageOverrides): StageSetting['apply'] {
  return (before) => ({ ...before, ...overrides });
}

/** The γ that the pack or an earlier setting gives the ancestral sampler stays. */
function samplerOf(kind: SamplerChoice['kind'], before: SamplerChoice | undefined): SamplerChoice {
  return before?.kind === kind ? before : samplerSchema.parse({ kind });
}

function withGamma(gamma: number, before: SamplerChoice | undefined): SamplerChoice {
  if (before !== undefined && before.kind !== 'ancestral')
    throw new SluiceError(
      'invalid-argument',
      `gamma belongs to the ancestral sampler, and this stage runs with ${before.kind}. Add sampler=ancestral for it, or leave gamma out.`,
    );
  return { kind: 'ancestral', gamma };
}

/** `none`, `static`, `dynamic`, `dynamic:0.95`, `dynamic:0.95,1.5` (quantile, cap). */
function parseThresholding(value: string): Thresholding {
  const [, kind, percentile, cap] = /^(none|static|dynamic)(?::([\d.]+)(?:,([\d.]+))?)?$/.exec(value) ?? [];
  const numbers = {
    ...(percentile !== undefined && { percentile: Number(percentile) }),
    ...(cap !== undefined && { cap: Number(cap) }),
  };
  const parsed = thresholdingSchema.safeParse({ kind, ...numbers });
  if (!parsed.success) throw unexpected('none, static, dynamic, dynamic:<quantile> or dynamic:<quantile>,<cap>', value);
  return parsed.data;
}

function unexpectedName(name: string): SluiceError {
  const hint = didYouMean(name, stageSettingNames);
  return new SluiceError(
    'invalid-argument',
    `there is no parameter "${name}": a stage has ${stageSettingNames.join(', ')}.${hint}`,
  );
}
