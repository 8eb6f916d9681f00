/** `sluice replay`: makes an exported clip, or each take of an exported edit, again from its recipe and says how close that came. */
import path from 'node:path';
import { choosePreset } from '#main/export/choose-preset';
import { exportFrameFile } from '#main/export/export-frame-file';
import { prepareOutput } from '#main/export/output-target';
import { isEqualEdit, replayEdit, type EditComparison } from '#main/export/edit/replay-edit';
import { readAnyRecipe } from '#main/export/read-recipe';
import { replayProvider, replayRecipe, type ReplayRequest, type StageComparison } from '#main/replay-recipe';
import type { Pack } from '#main/packs/pack';
import { SluiceError } from '#shared/errors';
import type { EditRecipe, Recipe } from '#shared/recipe';
import { defineCommand, type CommandContext, type CommandInput } from '../command';
import type { Reporter } from '../display/reporter';
import { padEnd, painter, printable, type Paint } from '../display/text';
import { exitCodes } from '../exit-codes';
import { chooseReporter, previewPixelsFor } from '../generate/choose-reporter';
import { runMeans, runOptions } from '../generate/run-options';
import { flag, value } from '../options/option';
import { text } from '../options/value-parsers';

const options = {
  pack: value('<folder>', 'where the pack of the recipe lies, if it is not installed', text),
  out: value('<file>', 'also write the clip that was made again', text, { short: 'o' }),
  force: flag('replace that file if it exists', { short: 'f' }),
  ...runOptions,
};

type Input = CommandInput<typeof options>;

export const replayCommand = defineCommand(
  {
    name: 'replay',
    summary: 'make an exported clip, or the takes of an edit, again from its recipe, and compare',
    synopsis: '<clip or recipe> [options]',
    options,
    notes: [
      'Every stage is computed anew, whatever is kept, with the same pack, seeds and parameters, on the provider that made the clip where it works here. Exit status 0 means that all stages are equal byte by byte, 1 that some differ.',
    ],
    examples: [
      { command: 'replay balloon.mp4', does: 'reads the recipe inside the file' },
      { command: 'replay balloon.mp4.recipe.json --json', does: 'the comparison as JSON' },
    ],
  },
  run,
);

async function run(input: Input): Promise<number> {
  const { values, positionals, context } = input;
  const { io, signal } = context;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new SluiceError('invalid-argument', 'Name one clip or edit, or one recipe: sluice replay <file>.');
  const recipe = await readAnyRecipe(path.resolve(io.directory, file), ffmpegPath(context), signal);
  if (recipe.format === 'sluice-edit-recipe') return runEdit(input, recipe, path.basename(file));
  const useResult = await exporter(input);
  const comparisons = await replayClip(input, recipe, path.basename(file), useResult);
  const isEqual = comparisons.every(({ kind }) => kind === 'equal');
  if (values.json) io.out(`${JSON.stringify({ event: 'replay', equal: isEqual, stages: comparisons })}\n`);
  else io.out(comparisonText(comparisons, painter(io.outColours)));
  return isEqual ? exitCodes.ok : exitCodes.failure;
}

/** Each take of an edit as a clip of its own. The edit itself is not written again: the project does that. */
async function runEdit(input: Input, recipe: EditRecipe, name: string): Promise<number> {
  const { values, context } = input;
  if (values.out !== undefined)
    throw new SluiceError(
      'invalid-argument',
      '--out writes a clip again, and this is an edit. Export its project instead: sluice export --project.',
    );
  const comparison = await replayEdit(recipe, (clip) => replayClip(input, clip, name, undefined));
  const isEqual = isEqualEdit(comparison);
  if (values.json) context.io.out(`${JSON.stringify({ event: 'replay', equal: isEqual, ...comparison })}\n`);
  else context.io.out(editText(comparison, painter(context.io.outColours)));
  return isEqual ? exitCodes.ok : exitCodes.failure;
}

async function replayClip(
  { values, context }: Input,
  recipe: Recipe,
  name: string,
  useResult: ReplayRequest['useResult'],
): Promise<readonly StageComparison[]> {
  const { sluice, io, signal } = context;
  const pack = await packOf(recipe, values.pack, context);
  const reporter = chooseReporter(io, values);
  const made = values.provider ?? (await replayProvider(sluice, recipe, pack, signal));
  reporter.begin([
    recipe.shot.prompts[0]?.prompt ?? '',
    `replay of ${name} · ${recipe.pack.name} ${recipe.pack.version} · seed ${recipe.shot.seed}`,
  ]);
  return await replayed(reporter, () => {
    if (made !== recipe.madeBy.provider)
      reporter.notice(
        `The clip was made on ${recipe.madeBy.provider}, this replay runs on ${made ?? 'another provider'}: small differences are to be expected.`,
      );
    const request = {
      ...runMeans(values),
      ...(made !== undefined && { provider: made }),
      pack,
      recipe,
      previewPixels: previewPixelsFor(io, values),
    };
    return replayRecipe(
      sluice,
      { ...request, onEvent: (event) => reporter.event(event), ...(useResult && { useResult }) },
      signal,
    );
  });
}

async function replayed<T>(reporter: Reporter, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    reporter.end();
  }
}

/** Throws `pack-not-found`, `pack-invalid`, and `pack-incompatible` where `--pack` is another pack than the recipe's. */
async function packOf(
  recipe: Recipe,
  reference: string | undefined,
  { sluice, signal }: CommandContext,
): Promise<Pack> {
  const { name, version, hash } = recipe.pack;
  const pack = await sluice.packs.resolve(reference ?? hash, signal).catch((cause: unknown) => {
    if (!(cause instanceof SluiceError) || cause.code !== 'pack-not-found') throw cause;
    throw new SluiceError(
      'pack-not-found',
      `The clip was made with the pack ${name} ${version} (${hash.slice(0, 12)}), which is not here. Install that very version, or name its folder with --pack.`,
      { details: { hash }, cause },
    );
  });
  if (pack.hash === hash) return pack;
  throw new SluiceError(
    'pack-incompatible',
    `"${reference ?? ''}" is the pack ${pack.hash.slice(0, 12)}, but the clip was made with ${name} ${version} (${hash.slice(0, 12)}). Name that one.`,
    {
      details: { expected: hash, found: pack.hash },
    },
  );
}

async function exporter({ values, context }: Input): Promise<ReplayRequest['useResult']> {
  const { out, force } = values;
  if (out === undefined) return undefined;
  const preset = choosePreset(undefined, out);
  const replaced = await context.sluice.replaced();
  const target = await prepareOutput(path.resolve(context.io.directory, out), preset.target, force);
  return (framesPath, recipe) =>
    replaced.during(target, () =>
      exportFrameFile({
        ffmpegPath: context.sluice.ffmpeg().path,
        framesPath,
        preset,
        target,
        recipe,
        signal: context.signal,
      }),
    );
}

function ffmpegPath({ sluice }: CommandContext): string | undefined {
  try {
    return sluice.ffmpeg().path;
  } catch {
    return undefined;
  }
}

function comparisonText(comparisons: readonly StageComparison[], paint: Paint): string {
  const width = Math.max(...comparisons.map(({ stage }) => stage.length));
  const equal = comparisons.filter(({ kind }) => kind === 'equal').length;
  const lines = comparisons.map((comparison) => {
    const sign = comparison.kind === 'equal' ? paint('green', '✓') : paint('yellow', '≠');
    return `  ${sign} ${padEnd(printable(comparison.stage), width)}  ${closeness(comparison)}\n`;
  });
  return `${lines.join('')}  ${equal} of ${comparisons.length} stages are equal byte by byte.\n`;
}

function editText(comparison: EditComparison, paint: Paint): string {
  const takes = comparison.takes.map((take) => {
    const lines =
      take.kind === 'replayed'
        ? comparisonText(take.stages, paint)
        : `  ${paint('yellow', '?')} cannot be made again: its frames were stale when they were exported\n`;
    return `${printable(take.name)}\n${lines}`;
  });
  const media = comparison.media.map(({ name, sha256 }) => `  ${printable(name)}  ${sha256.slice(0, 12)}\n`);
  const imported = media.length === 0 ? '' : `Imported, known by the hash of their files:\n${media.join('')}`;
  const verdict = isEqualEdit(comparison)
    ? 'All takes are equal byte by byte, and composing them is the same everywhere: so is the edit.\n'
    : 'Not every take is equal, so the edit differs where those are seen.\n';
  return `${takes.join('')}${imported}${verdict}`;
}

function closeness(comparison: StageComparison): string {
  switch (comparison.kind) {
    case 'equal':
      return 'equal byte by byte';
    case 'close':
      return `differs by ${comparison.difference.mean.toFixed(3)} of 255 on average, ${comparison.difference.largest} at most`;
    case 'different':
      return 'differs; the frames of then are no longer kept, so it cannot be said by how much';
  }
}
