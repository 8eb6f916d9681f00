/** The shot that the options of `generate` describe, checked by its schema. Media are brought in before: it knows no files. */
import type { z } from 'zod';
import { SluiceError } from '#shared/errors';
import type { GuidanceCurve } from '#shared/guidance';
import type { PackManifest } from '#shared/pack-manifest';
import { shotSchema, type GivenFrames, type Shot } from '#shared/shot';
import { overridesOf, type StageSetting } from './stage-setting';

export interface ShotOptions {
  readonly prompt: string;
  /** Further parts of the prompt: from when on, in seconds. */
  readonly then: readonly { readonly fromSec: number; readonly prompt: string }[];
  readonly negative: string | undefined;
  readonly seed: number;
  /** For the first stage; `--stage` is for the others. */
  readonly guidance: GuidanceCurve | undefined;
  readonly settings: readonly StageSetting[];
  readonly stopAt: string | undefined;
  readonly startFrom: Shot['startFrom'];
  readonly given: readonly GivenFrames[];
}

/** Throws `invalid-prompt`, `invalid-shot`, `invalid-argument`. */
export function shotFromOptions(manifest: PackManifest, options: ShotOptions): Shot {
  const { startFrom, stopAt } = options;
  const parsed = shotSchema.safeParse({
    prompts: [{ fromSec: 0, prompt: options.prompt }, ...options.then],
    negativePrompt: options.negative ?? '',
    seed: options.seed,
    stages: overridesOf([...baseGuidance(manifest, options), ...options.settings], manifest),
    given: options.given,
    ...(startFrom !== undefined && { startFrom }),
    ...(stopAt !== undefined && { stopAt }),
  });
  if (parsed.success) return parsed.data;
  throw asSluiceError(parsed.error.issues);
}

function baseGuidance(manifest: PackManifest, { guidance, startFrom }: ShotOptions): readonly StageSetting[] {
  const [base] = manifest.stages;
  if (guidance === undefined || base === undefined) return [];
  if (startFrom !== undefined)
    throw new SluiceError(
      'invalid-argument',
      `--guidance and --oscillate are for the stage "${base.id}", which is not run when starting from a clip. Use --stage <id>.guidance=…`,
    );
  return [{ stage: base.id, apply: (before) => ({ ...before, guidance }) }];
}

function asSluiceError(issues: readonly z.core.$ZodIssue[]): SluiceError {
  const path = issues[0]?.path ?? [];
  const what = issues[0]?.message ?? 'invalid';
  const details = { where: path.join('.') };
  const prompt = promptAt(path);
  return prompt === undefined
    ? new SluiceError(
        'invalid-shot',
        `The shot cannot be used (${details.where}): ${what}. See "sluice generate --help".`,
        { details },
      )
    : new SluiceError('invalid-prompt', `${prompt} cannot be used: ${what}. ${remedyFor(path)}`, { details });
}

/** Which of the prompts an issue is about; `undefined`: none of them. */
function promptAt(path: z.core.$ZodIssue['path']): string | undefined {
  if (path[0] === 'negativePrompt') return 'The negative prompt';
  if (path[0] !== 'prompts') return undefined;
  return path[1] === 0 ? 'The prompt' : 'What follows --then';
}

function remedyFor(path: z.core.$ZodIssue['path']): string {
  const isText = path[0] === 'negativePrompt' || path.at(-1) === 'prompt';
  return isText
    ? 'Describe the clip in a few words.'
    : 'Begin each part after the one before it: the prompt itself begins at 0 s.';
}
