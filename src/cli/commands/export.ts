/** `sluice export`: writes any stage of a clip, or any kept artifact, as a media file. */
import path from 'node:path';
import { choosePreset } from '#main/export/choose-preset';
import { exportFrameFile } from '#main/export/export-frame-file';
import { findClip } from '#main/export/find-clip';
import { prepareOutput } from '#main/export/output-target';
import { exportPresets } from '#main/export/presets';
import { SluiceError } from '#shared/errors';
import { defineCommand, type CommandInput } from '../command';
import { exitCodes } from '../exit-codes';
import { chooseReporter } from '../generate/choose-reporter';
import { freeOutputPath } from '../generate/output-name';
import { flag, value } from '../options/option';
import { text, unexpected } from '../options/value-parsers';

const options = {
  out: value('<file>', 'the file to write (default: named after the source, in this folder)', text, { short: 'o' }),
  preset: value(
    '<name>',
    `what to write: ${exportPresets.map(({ id }) => id).join(', ')} (default: by the extension, else mp4-h264)`,
    text,
  ),
  stage: value('<id>', 'of an exported clip, another stage than its last', text),
  range: value('<from-to>', 'frames from (0 is the first) up to, not including, to', parseRange),
  force: flag('replace the file if it exists', { short: 'f' }),
};

type Input = CommandInput<typeof options>;

export const exportCommand = defineCommand(
  {
    name: 'export',
    summary: 'write a stage of a clip as MP4, WebM, ProRes, GIF or pictures',
    synopsis: '<clip, frame file or artifact key> [options]',
    options,
    notes: exportPresets.map(({ id, title }) => `${id}: ${title}.`),
    examples: [
      {
        command: 'export balloon.mp4 --preset prores-hq',
        does: 'the frames that balloon.mp4 was made from, not the compressed ones',
      },
      { command: 'export balloon.mp4 --stage ssr-48 -o draft.gif', does: 'an earlier stage of the same clip' },
      { command: 'export 3f9a12cd --preset png-sequence --range 0-24', does: 'the first second of an artifact' },
    ],
  },
  run,
);

async function run({ values, positionals, context }: Input): Promise<number> {
  const { sluice, io, signal } = context;
  const [source, ...others] = positionals;
  if (source === undefined || others.length > 0)
    throw new SluiceError('invalid-argument', 'Name one source: sluice export <clip, frame file or artifact key>.');
  const preset = choosePreset(values.preset, values.out);
  const ffmpegPath = sluice.ffmpeg().path;
  const { artifacts } = await sluice.jobs();
  const isKey = /^[0-9a-f]{8,64}$/i.test(source);
  const clip = await findClip(
    { artifacts, ffmpegPath, signal },
    isKey ? source : path.resolve(io.directory, source),
    values.stage,
  );
  const name = isKey ? clip.name : `${path.parse(source).name}-${clip.name}`;
  const file =
    values.out === undefined ? freeOutputPath(io.directory, name, preset) : path.resolve(io.directory, values.out);
  const target = await prepareOutput(file, preset.target, values.force);
  const reporter = chooseReporter(io, values);
  reporter.begin([path.basename(source), preset.title]);
  try {
    await exportFrameFile({
      ffmpegPath,
      framesPath: clip.framesPath,
      preset,
      target,
      signal,
      ...(clip.recipe && { recipe: clip.recipe }),
      ...(values.range && { range: values.range }),
      onProgress: (share) => reporter.exporting(path.basename(target.path), share),
    });
  } finally {
    reporter.end();
  }
  io.out(values.json ? `${JSON.stringify({ event: 'done', file: target.path })}\n` : `${target.path}\n`);
  return exitCodes.ok;
}

/** Throws `invalid-argument`. */
function parseRange(given: string): { readonly from: number; readonly to: number } {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(given) ?? [];
  if (from === undefined || Number(to) <= Number(from))
    throw unexpected('two frames such as 0-24, the first below the second', given);
  return { from: Number(from), to: Number(to) };
}
