/** Whether each stage's graph takes the inputs that its kind, guidance and conditioning imply (docs/pack-format.md, "A denoiser graph"). */
import type { GraphInput, PackManifest, StageSpec } from '#shared/pack-manifest';
import type { ManifestProblem } from './problem';

export function* stageInputProblems(manifest: PackManifest): Generator<ManifestProblem> {
  for (const [index, stage] of manifest.stages.entries()) {
    const field = `stages[${index}].inputs`;
    for (const rule of inputRules(stage)) yield* ruleProblems(field, stage, rule);
    if (new Set(stage.inputs).size < stage.inputs.length)
      yield { field, value: stage.inputs, but: 'one is listed twice', remedy: 'List each input once.' };
    if (stage.guidance.kind === 'classifier-free' && !stage.inputs.includes('text'))
      yield {
        field: `stages[${index}].guidance.kind`,
        value: stage.guidance.kind,
        but: 'a graph without text has no unconditional branch',
        remedy: 'Use guidance "none".',
      };
  }
  yield* givenProblems(manifest);
  yield* textProblems(manifest);
}

interface InputRule {
  readonly inputs: readonly GraphInput[];
  /** `required`: all of them; `absent`: none; `together`: all or none. */
  readonly need: 'required' | 'absent' | 'together';
  readonly because: string;
}

function inputRules(stage: StageSpec): InputRule[] {
  const onlyIf = (condition: boolean) => (condition ? 'required' : 'absent');
  return [
    {
      inputs: ['z_t', 'log_snr'],
      need: 'required',
      because: 'every denoiser takes the noisy clip and its noise level',
    },
    { inputs: ['text', 'text_mask', 'text_of_frame'], need: 'together', because: 'the three describe one text' },
    { inputs: ['given', 'given_mask'], need: 'together', because: 'the mask says where frames are given' },
    { inputs: ['low_res'], need: onlyIf(stage.lowRes !== undefined), because: 'it is the clip that lowRes describes' },
    {
      inputs: ['low_res_log_snr'],
      need: onlyIf(stage.lowRes?.augmentation !== undefined),
      because: 'it is the noise level that lowRes.augmentation describes',
    },
    ...(stage.kind === 'tsr'
      ? []
      : [{ inputs: ['low_res_known'], need: 'absent', because: 'only a tsr stage has unknown frames' } as const]),
    {
      inputs: ['guidance_weight'],
      need: onlyIf(stage.guidance.kind === 'distilled'),
      because: 'distilled graphs, and no others, take the weight as an input',
    },
  ];
}

function* ruleProblems(field: string, stage: StageSpec, rule: InputRule): Generator<ManifestProblem> {
  const present = rule.inputs.filter((input) => stage.inputs.includes(input));
  const missing = rule.inputs.filter((input) => !stage.inputs.includes(input));
  const kept = rule.need === 'required' ? missing.length === 0 : present.length === 0;
  if (kept || (rule.need === 'together' && missing.length === 0)) return;
  const wrong = rule.need === 'absent' ? present : missing;
  yield {
    field,
    value: stage.inputs,
    but: rule.because,
    remedy: `${rule.need === 'absent' ? 'Leave out' : 'Add'} ${wrong.join(', ')}.`,
  };
}

function* givenProblems(manifest: PackManifest): Generator<ManifestProblem> {
  const taken = manifest.stages.some((stage) => stage.inputs.includes('given'));
  if (taken !== manifest.capabilities.givenFrames)
    yield {
      field: 'capabilities.givenFrames',
      value: manifest.capabilities.givenFrames,
      but: taken ? 'a stage takes given frames' : 'no stage takes given frames',
      remedy: `Set it to ${taken}.`,
    };
}

function* textProblems(manifest: PackManifest): Generator<ManifestProblem> {
  if (!manifest.stages.some((stage) => stage.inputs.includes('text')))
    yield {
      field: 'stages[0].inputs',
      value: manifest.stages[0]?.inputs,
      but: 'no stage listens to the prompt',
      remedy: 'Add text, text_mask and text_of_frame to one.',
    };
}
