/** `sluice generate`: from a prompt to a file. Here the options are and what they mean; the work is in `../generate/`. */
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { choosePreset } from '#main/export/choose-preset';
import { prepareOutput } from '#main/export/output-target';
import { exportPresets, type ExportPreset } from '#main/export/presets';
import { keyStages } from '#main/jobs/keyed-stages';
import { memoryNeed } from '#main/jobs/memory-need';
import { bringPicture, bringStartClip, type BringContext } from '#main/media/bring-frames';
import type { Pack } from '#main/packs/pack';
import { estimateShot } from '#main/shot-estimate';
import { SluiceError } from '#shared/errors';
import type { Shot } from '#shared/shot';
import { defineCommand, type CommandInput } from '../command';
import { tellNotice } from '../display/notice';
import { painter } from '../display/text';
import { exitCodes } from '../exit-codes';
import { chooseReporter, previewPixelsFor } from '../generate/choose-reporter';
import { generateClip, type ClipWork } from '../generate/generate-clip';
import { parseGuidance, parseOscillation } from '../generate/guidance-text';
import { freeOutputPath, nameFromPrompt, variationPath } from '../generate/output-name';
import { parsePromptPart } from '../generate/parse-prompt-part';
import { planJson, planText } from '../generate/plan-text';
import { promptNotice } from '../generate/prompt-notice';
import { packOption, runMeans, runOptions } from '../generate/run-options';
import { shotFromOptions } from '../generate/shot-from-options';
import { parseStageSetting, stageSettingNames } from '../generate/stage-setting';
import { flag, list, value } from '../options/option';
import { text, wholeNumber } from '../options/value-parsers';

const options = {
  out: value('<file>', 'the file to write (default: named after the prompt, in this folder)', text, { short: 'o' }),
  preset: value(
    '<name>',
    `what to write: ${exportPresets.map(({ id }) => id).join(', ')} (default: by the extension, else mp4-h264)`,
    text,
  ),
  force: flag('replace the file if it exists', { short: 'f' }),
  seed: value(
    '<n>',
    'the seed: the same gives the same clip (default: drawn)',
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
    { short: 's' },
  ),
  variations: value('<n>', 'as many clips, with this seed and those after it', wholeNumber(1, 1000)),
  negative: value('<prompt>', 'what the clip shall not show', text, { short: 'n' }),
  then: list('<seconds>:<prompt>', 'another prompt from this second on; may be given several times', parsePromptPart),
  guidance: value(
    '<w>',
    'guidance weight of the first stage, or a curve (0:8,1:2): prediction = (1 + w) conditional − w unconditional',
    parseGuidance,
    { short: 'g' },
  ),
  oscillate: value(
    '<high,low@from-to/period>',
    'guidance of the first stage: high before step "from" (0 is the first), then by turns with low up to, not including, step "to" (or the end); one turn of both lasts "period" steps, 2 where it is left out',
    parseOscillation,
  ),
  stage: list(
    '<id>.<name>=<value>',
    `a parameter of one stage; names: ${stageSettingNames.join(', ')}; may be given several times`,
    parseStageSetting,
  ),
  'stop-at': value('<stage>', 'the last stage to run, such as base for a quick draft', text),
  'start-from': value('<clip>', 'your own video, a frame file or an artifact key instead of the first stages', text),
  'start-stage': value(
    '<stage>',
    'which stage the clip of --start-from replaces (default: by its shape, a video the first)',
    text,
  ),
  'first-frame': value('<picture>', 'the picture that the clip begins with', text),
  'last-frame': value('<picture>', 'the picture that the clip ends with', text),
  pack: packOption,
  ...runOptions,
  plan: flag('only show what would run and what it would take'),
};

type Input = CommandInput<typeof options>;

export const generateCommand = defineCommand(
  {
    name: 'generate',
    summary: 'make a clip from a prompt',
    synopsis: '"<prompt>" [options]',
    options,
    notes: [
      'Every stage is kept: running the same again, or with one stage changed, computes only what is new, also after Ctrl-C or a crash.',
      'A stage has steps, sampler (ddim, ancestral, stochastic-n-step, euler, heun), gamma (of ancestral, 0 to 1), guidance (as for --guidance and --oscillate), thresholding (none, static, dynamic, dynamic:<quantile>), augmentation (log-SNR of the noise added to its input) and a seed of its own.',
      'Exit status: 0 done, 1 failed, 2 wrong usage, 3 pack, 4 media or ffmpeg, 5 disk, 6 the output exists, 7 inference, 130 cancelled.',
    ],
    examples: [
      {
        command: 'generate "a red hot-air balloon flies left over snowy mountains at sunset"',
        does: 'all stages, to an MP4 in this folder',
      },
      {
        command: 'generate "a white rabbit hops right" --stop-at base --variations 8',
        does: 'eight quick drafts to choose from',
      },
      {
        command:
          'generate "a white rabbit hops right" --seed 7 --oscillate 15,1@3-13 --stage ssr-768.steps=4 -o rabbit.webm',
        does: 'a chosen seed, with stronger guidance and a finer last stage',
      },
      {
        command: 'generate "snow falls" --first-frame street.png --plan',
        does: 'what it would take, without running it',
      },
    ],
  },
  run,
);

async function run(input: Input): Promise<number> {
  const { values, context } = input;
  const preset = choosePreset(values.preset, values.out);
  const pack = await context.sluice.packs.resolve(values.pack, context.signal);
  const brought = await bring(input, pack);
  const [seed, ...others] = seedsOf(input);
  const shots = [
    shotOf(input, pack, brought, seed),
    ...others.map((other) => shotOf(input, pack, brought, other)),
  ] as const;
  const means = { ...runMeans(values), previewPixels: previewPixelsFor(context.io, values) };
  const request = { pack, ...means };
  const requests = shots.map((shot) => ({ ...request, shot }));
  for (const shot of shots) keyStages(pack, shot);
  tellNotice(context.io, values, promptNotice(pack.manifest, shots[0]));
  if (values.plan) return showPlan(input, { ...request, shot: shots[0] }, others.length);
  context.sluice.ffmpeg();
  await context.sluice.jobs();
  const reporter = chooseReporter(context.io, values);
  const works: ClipWork[] = [];
  for (const request of requests) works.push({ request, preset, target: await targetOf(input, preset, request.shot) });
  for (const work of works) {
    const { outputKey } = await generateClip(work, context, reporter);
    const { path: file, recipePath } = work.target;
    const { seed } = work.request.shot;
    if (values.json)
      context.io.out(`${JSON.stringify({ event: 'done', file, recipe: recipePath, seed, artifact: outputKey })}\n`);
    else context.io.out(`${file}\n`);
  }
  return exitCodes.ok;
}

/** Clips and pictures of the user's, taken into the artifact store. */
async function bring({ values, context }: Input, { manifest }: Pack): Promise<Pick<Shot, 'startFrom' | 'given'>> {
  const start = values['start-from'];
  if (start === undefined && values['start-stage'] !== undefined)
    throw new SluiceError(
      'invalid-argument',
      '--start-stage says which stage --start-from replaces: give both, or neither.',
    );
  const pictures = [
    { file: values['first-frame'], atFrame: 0 },
    { file: values['last-frame'], atFrame: -1 },
  ];
  if (start === undefined && pictures.every(({ file }) => file === undefined)) return { given: [] };
  const { artifacts } = await context.sluice.jobs();
  const bringing: BringContext = {
    artifacts,
    manifest,
    ffmpegPath: () => context.sluice.ffmpeg().path,
    signal: context.signal,
  };
  const given: Shot['given'] = [];
  for (const { file, atFrame } of pictures)
    if (file !== undefined) given.push({ source: await bringPicture(bringing, file), atFrame });
  const startFrom = start === undefined ? undefined : await bringStartClip(bringing, start, values['start-stage']);
  return { given, ...(startFrom !== undefined && { startFrom }) };
}

function seedsOf({ values }: Input): readonly [number, ...number[]] {
  const count = values.variations ?? 1;
  const first = values.seed ?? randomInt(2 ** 31);
  if (!Number.isSafeInteger(first + count - 1))
    throw new SluiceError(
      'invalid-argument',
      `--seed: ${first} leaves no room for ${count} variations. Take a smaller one.`,
    );
  return [first, ...Array.from({ length: count - 1 }, (_, i) => first + 1 + i)];
}

function shotOf(
  { values, positionals }: Input,
  pack: Pack,
  brought: Pick<Shot, 'startFrom' | 'given'>,
  seed: number,
): Shot {
  if (positionals.length === 0)
    throw new SluiceError('invalid-prompt', 'A prompt is missing: sluice generate "<prompt>".');
  if (values.guidance !== undefined && values.oscillate !== undefined)
    throw new SluiceError('invalid-argument', '--guidance and --oscillate contradict each other. Give one of them.');
  return shotFromOptions(pack.manifest, {
    prompt: positionals.join(' '),
    then: values.then,
    negative: values.negative,
    seed,
    guidance: values.guidance ?? values.oscillate,
    settings: values.stage,
    stopAt: values['stop-at'],
    startFrom: brought.startFrom,
    given: brought.given,
  });
}

async function targetOf({ values, positionals, context }: Input, preset: ExportPreset, shot: Shot) {
  const folder = context.io.directory;
  const single =
    values.out === undefined
      ? freeOutputPath(folder, nameFromPrompt(positionals.join(' ')), preset)
      : path.resolve(folder, values.out);
  const file = values.variations === undefined ? single : variationPath(single, shot.seed);
  return prepareOutput(file, preset.target, values.force);
}

async function showPlan({ values, context }: Input, request: ClipWork['request'], others: number): Promise<number> {
  const estimate = await estimateShot(request, (await context.sluice.jobs()).services);
  const { manifest } = request.pack;
  const memory = estimate.stages.map(({ stage }) => memoryNeed(manifest, stage, request.memoryBytes));
  const plan = { estimate, memory, others };
  context.io.out(values.json ? `${JSON.stringify(planJson(plan))}\n` : planText(plan, painter(context.io.outColours)));
  return exitCodes.ok;
}
