/**
 * How quick the studio is with 10,000 clips, in a real browser against the real host: opening it, scrolling and zooming the timeline,
 * an edit until it is on disk, and what streaming previews do to the window. Chromium draws in software here unless told otherwise,
 * so frame times are an upper bound.
 *
 *   npm run bench:studio -- [--clips 10000] [--tracks 4] [--edits 100] [--only scrolling,edits] [--json FILE]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath, openInBrowser, type OpenedStudio } from '../e2e/studio.test-support';
import { largeProjectIn } from './studio-project';
import { measureEdits } from './studio-edits';
import { measureOpening } from './studio-opening';
import { measurePreviews } from './studio-previews';
import { measureScrolling } from './studio-scroll';
import { SluiceError } from '#shared/errors';

const { values } = parseArgs({
  options: {
    clips: { type: 'string', default: '10000' },
    tracks: { type: 'string', default: '4' },
    edits: { type: 'string', default: '100' },
    json: { type: 'string', default: 'bench/results/studio.json' },
    only: { type: 'string', default: 'opening,scrolling,edits,previews' },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Measured {
  readonly text: string;
}

const measurements: Readonly<Record<string, (studio: OpenedStudio) => Promise<Measured>>> = {
  opening: measureOpening,
  scrolling: measureScrolling,
  edits: (studio) => measureEdits(studio, Number(values.edits)),
  previews: measurePreviews,
};

if (chromiumPath === undefined)
  throw new SluiceError(
    'invalid-argument',
    'There is no Chromium: npm run setup -- --for test --browser provides one.',
  );

const [clips, tracks] = [Number(values.clips), Number(values.tracks)];
const studio = await openInBrowser({ fill: (folder) => largeProjectIn(folder, clips, tracks) });
try {
  say(`${clips} clips on ${tracks} tracks, ${await studio.page.evaluate(() => navigator.userAgent)}\n`);
  const results: Record<string, unknown> = { clips, tracks };
  for (const [name, measure] of Object.entries(measurements))
    if (values.only.split(',').includes(name)) {
      const { text, ...numbers } = await measure(studio);
      say(`${text}\n`);
      results[name] = numbers;
    }
  await mkdir(path.dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  say(values.json);
} finally {
  await studio.close();
}
