/** `sluice export`: writes the edit of a project, any stage of a clip, or any kept artifact, as a media file. */
import path from 'node:path';
import { choosePreset } from '#main/export/choose-preset';
import { exportJobOf } from '#main/export/found-source';
import { rateOf } from '#main/export/in-another-shape';
import { prepareOutput } from '#main/export/output-target';
import { exportPresets } from '#main/export/presets';
import { exportInThread, exportThreadEntry } from '#main/export/worker/export-thread';
import { SluiceError } from '#shared/errors';
import { exportQualities, longestExportSide } from '#shared/studio/exports';
import type { Size } from '#shared/units';
import { defineCommand, type CommandInput } from '../command';
import { exitCodes } from '../exit-codes';
import { parseRange } from '../export/parse-range';
import { clipToExport, projectToExport, type WhatToExport } from '../export/what-to-export';
import { chooseReporter } from '../generate/choose-reporter';
import { freeOutputPath } from '../generate/output-name';
import { flag, value } from '../options/option';
import { decimal, oneOf, text, unexpected } from '../options/value-parsers';

const options = {
  project: value('<folder>', 'export the edit of this project, instead of a clip', text),
  out: value('<file>', 'the file to write (default: named after the source, in this folder)', text, { short: 'o' }),
  preset: value(
    '<name>',
    `what to write: ${exportPresets.map(({ id }) => id).join(', ')} (default: by the extension, else mp4-h264)`,
    text,
  ),
  quality: value('<level>', 'small, good or best (default: good)', oneOf(...exportQualities)),
  size: value('<width>x<height>', 'fit the picture into this many pixels (default: as it is)', parseSize),
  fps: value('<rate>', 'frames a second, such as 25 or 29.97 (default: as it is)', decimal(1, 240)),
  stage: value('<id>', 'of an exported clip, another stage than its last', text),
  range: value('<from-to>', 'frames from (0 is the first) up to, not including, to', parseRange),
  force: flag('replace the file if it exists', { short: 'f' }),
};

type Input = CommandInput<typeof options>;

export const exportCommand = defineCommand(
  {
    name: 'export',
    summary: 'write an edit, or a stage of a clip, as MP4, WebM, ProRes, GIF or pictures',
    synopsis: '(--project <folder> | <clip, frame file or artifact key>) [options]',
    options,
    notes: [
      ...exportPresets.map(({ id, title }) => `${id}: ${title}.`),
      'Of a project the part between its in and out points is written, where it has them and no --range is given.',
    ],
    examples: [
      { command: 'export --project Harbour.sluice -o harbour.mp4', does: 'the edit, as the studio shows it' },
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

async function run(input: Input): Promise<number> {
  const { values, context } = input;
  const { sluice, io, signal } = context;
  const preset = choosePreset(values.preset, values.out);
  const ffmpegPath = sluice.ffmpeg().path;
  const { found, name } = await whatToExport(input);
  const file =
    values.out === undefined ? freeOutputPath(io.directory, name, preset) : path.resolve(io.directory, values.out);
  const target = await prepareOutput(file, preset.target, values.force);
  const shape = { size: values.size, frameRate: values.fps === undefined ? undefined : rateOf(asMeant(values.fps)) };
  const job = exportJobOf(found, {
    ...{ ...shape, preset: preset.id, quality: values.quality ?? 'good', target, ffmpegPath },
  });
  const { artifacts } = await sluice.jobs();
  const replaced = await sluice.replaced();
  const pin = await artifacts.pins.holdForRun(found.keys);
  const reporter = chooseReporter(io, values);
  reporter.begin([name, preset.title]);
  try {
    for (const notice of noticesOf(found)) reporter.notice(notice);
    await replaced.during(target, () =>
      exportInThread(exportThreadEntry(sluice.options.inferenceEntry), job, signal, ({ share }) =>
        reporter.exporting(path.basename(target.path), share),
      ),
    );
  } finally {
    reporter.end();
    await pin.release();
  }
  io.out(values.json ? `${JSON.stringify({ event: 'done', file: target.path })}\n` : `${target.path}\n`);
  return exitCodes.ok;
}

function whatToExport({ values, positionals, context }: Input): Promise<WhatToExport> {
  const { project, range, stage } = values;
  const [source, ...others] = positionals;
  if (project !== undefined && source === undefined && stage === undefined)
    return projectToExport(path.resolve(context.io.directory, project), range, context);
  if (project === undefined && source !== undefined && others.length === 0)
    return clipToExport(source, { stage, range }, context);
  throw new SluiceError(
    'invalid-argument',
    'Name one thing: sluice export --project <folder>, or sluice export <clip, frame file or artifact key>; --stage goes with a clip only.',
  );
}

function noticesOf({ emptyClips, staleClips }: WhatToExport['found']): readonly string[] {
  return [
    ...(emptyClips > 0 ? [`Clips that show nothing, because nothing of them was made: ${emptyClips}.`] : []),
    ...(staleClips > 0 ? [`Clips whose frames are older than what their take says: ${staleClips}.`] : []),
  ];
}

/** 29.97 is meant as 30000/1001, as everybody does. */
function asMeant(fps: number): number {
  const broadcast = [24, 30, 60, 120].map((whole) => (whole * 1000) / 1001);
  return broadcast.find((exact) => Math.abs(exact - fps) < 0.006) ?? fps;
}

/** Throws `invalid-argument`. */
function parseSize(given: string): Size {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/i.exec(given) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const isPossible = [size.width, size.height].every((side) => side >= 1 && side <= longestExportSide);
  if (!isPossible) throw unexpected(`width x height such as 1920x1080, each up to ${longestExportSide}`, given);
  return size;
}
