/**
 * What the viewer shows is what is exported: one project with trims, a dissolve, opacity, speed, fades, a gap, imported film, a still that
 * lets through what is below, four tracks and a muted one, seen in a real browser and exported losslessly, compared pixel by pixel.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { locateFfmpeg } from '#main/media/ffmpeg';
import { makeMedia } from '#main/media/ffmpeg.test-support';
import { runFfmpeg } from '#main/media/run-ffmpeg';
import { connectWindow, firstOf, make, makeShot, type Window } from '#main/studio/window.test-support';
import { stageIdSchema } from '#shared/pack-manifest';
import type { Change } from '#shared/project/change';
import { clipSchema, type Clip } from '#shared/project/clip';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { setDissolve } from '#shared/project/edits/dissolve';
import { addClips } from '#shared/project/edits/place-clips';
import { addTrack } from '#shared/project/edits/tracks';
import { clipIdSchema, newTrackId, type MediaId, type TakeId, type TrackId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { OpenedProject } from '#shared/studio/projects';
import type { Size } from '#shared/units';
import { chromiumPath, startMain } from './studio.test-support';

/** Of 255. The goal (issue: the studio); by construction it is 0. */
const mostDifference = 2;
const frames = 46;
/** The frames that are looked at: every cut, and what lies between. */
const looked = [0, 1, 3, 4, 8, 10, 12, 13, 14, 15, 17, 18, 23, 26, 28, 31, 34, 35, 37, 39, 41, 42, 43, 45];

if (chromiumPath === undefined)
  process.stderr.write('e2e: not run, there is no Chromium (npm run setup -- --browser)\n');

describe.skipIf(chromiumPath === undefined)('viewer and export', { timeout: 240_000 }, () => {
  let folder: string;
  let main: Awaited<ReturnType<typeof startMain>>;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-proof-'));
    main = await startMain(folder);
    browser = await chromium.launch({
      ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await main.close();
    await rm(folder, { recursive: true, force: true });
  });

  // The takes have 160 × 96 and less: enlarged and with bars above and below, then reduced.
  test.each([
    ['enlarged', { width: 240, height: 160 }],
    ['reduced', { width: 100, height: 90 }],
  ])('agree on every pixel of a project where takes are %s', async (name, size) => {
    const window = await connectWindow(main.invite());
    // Nothing lies over the studio that a test did not open.
    await window.request('changeSettings', { set: { hasSeenTour: true } });
    const { opened, project } = await editedProject(window, name, size, folder);
    const exported = await exportedFrames(window, opened, path.join(folder, name), size);
    const shown = await shownFrames(browser, main.invite(), size);
    const differences = shown.map((rgb, i) => largestDifference(rgb, exported(looked[i] ?? 0)));
    expect(Math.max(...differences), `frame by frame: ${differences.join(' ')}`).toBeLessThanOrEqual(mostDifference);
    expect(new Set(shown.map((rgb) => rgb.toString('base64'))).size).toBeGreaterThan(looked.length / 2);

    // Controls: the comparison notices one frame too late, and one clip a little less opaque.
    const late = shown.map((rgb, i) => largestDifference(rgb, exported((looked[i] ?? 0) + 1)));
    expect(Math.max(...late)).toBeGreaterThan(mostDifference);
    await make(window, { ...opened, project }, (before) => setLevels(before, { clipIds: [over], opacity: 0.45 }));
    const fainter = await exportedFrames(window, opened, path.join(folder, `${name}-control`), size);
    const changed = shown.map((rgb, i) => largestDifference(rgb, fainter(looked[i] ?? 0)));
    expect(Math.max(...changed)).toBeGreaterThan(mostDifference);
  });
});

const over = clipIdSchema.parse('clip-over');

/** Two takes, one made to the top and one half-way, cut together in every way there is. */
async function editedProject(window: Window, title: string, size: Size, folder: string) {
  const opened = await window.request('createProject', { title, size });
  const { packs } = await window.request('packs', {});
  const packHash = packs.find(({ state }) => state === 'valid');
  if (packHash?.state !== 'valid') throw new Error('the test pack is not there');
  const { hash } = packHash;
  const boat = await makeShot(window, opened, { packHash: hash, prompt: 'a red boat', seed: 7 });
  const afterBoat = { ...opened, project: boat.project };
  const owl = await makeShot(window, afterBoat, { packHash: hash, prompt: 'a white owl at night', seed: 8 });
  await generated(window, opened, boat.takeId);
  await generated(window, opened, owl.takeId, 'ssr-192');
  let current = { ...opened, project: owl.project };
  const edit = async (change: (project: Project) => Change): Promise<void> => {
    current = { ...current, project: (await make(window, current, change)).project };
  };
  const [first] = [...owl.project.tracks.values()].filter(({ kind }) => kind === 'video');
  if (first === undefined) throw new Error('there is no video track');
  const [second, hidden] = [newTrackId(), newTrackId()];
  const track = { kind: 'video' as const, name: 'V', locked: false };
  await edit((project) => addTrack(project, { track: { ...track, id: second, muted: false } }));
  await edit((project) => addTrack(project, { track: { ...track, id: hidden, muted: true } }));
  const clips = [
    clip('a', first.id, boat.project, boat.takeId, { lengthFrames: 14, inFrame: 3 }),
    clip('b', first.id, owl.project, owl.takeId, { startFrame: 14, lengthFrames: 12, inFrame: 6 }),
    clip('c', first.id, boat.project, boat.takeId, {
      ...{ startFrame: 34, lengthFrames: 12, speed: { num: 2, den: 1 } },
      stage: 'base',
    }),
    clip('over', second, owl.project, owl.takeId, {
      ...{ startFrame: 8, lengthFrames: 20, speed: { num: 1, den: 2 }, opacity: 0.4 },
    }),
    clip('hidden', hidden, boat.project, boat.takeId, { lengthFrames: 32 }),
  ];
  await edit((project) => addClips(project, { clips }));
  await edit((project) => setDissolve(project, { clipId: clipIdSchema.parse('clip-b'), frames: 5, by: 'handles' }));
  current = await withMedia(window, current, second, folder);
  const clipId = clipIdSchema.parse('clip-c');
  await edit((project) => setFade(project, { clipId, fadeInFrames: 4, fadeOutFrames: 3 }));
  await edit((project) => setFade(project, { clipId: over, fadeInFrames: 3 }));
  return { opened, project: current.project };
}

function clip(
  name: string,
  trackId: TrackId,
  project: Project,
  takeId: TakeId,
  { stage, ...fields }: Partial<Omit<Clip, 'source'>> & { readonly stage?: string },
): Clip {
  const shotId = project.takes.get(takeId)?.shotId;
  return clipSchema.parse({
    ...{ id: `clip-${name}`, trackId, startFrame: 0, lengthFrames: 10, inFrame: 0, speed: { num: 1, den: 1 } },
    ...{ opacity: 1, volume: 1, fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0 },
    ...fields,
    source: { kind: 'shot', shotId, takeId, ...(stage !== undefined && { stage }) },
  });
}

/** A film at another rate and a half-transparent picture, one over the other, behind everything else. */
async function withMedia<Opened extends OpenedProject>(
  window: Window,
  opened: Opened,
  trackId: TrackId,
  folder: string,
): Promise<Opened> {
  const film = path.join(folder, `${opened.project.title}.mp4`);
  const still = path.join(folder, `${opened.project.title}.png`);
  await makeMedia(
    'testsrc2=size=200x120:rate=30:duration=1',
    ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'mp4'],
    film,
  );
  const through = 'color=red:size=60x80,format=rgba,geq=r=X*4:g=Y*3:b=90:a=X*4';
  await makeMedia(through, ['-frames:v', '1', '-c:v', 'png', '-f', 'image2', '-update', '1'], still);
  const ids = [await brought(window, opened, film), await brought(window, opened, still)];
  const { project } = await window.request('openProject', { folder: opened.folder });
  const top = newTrackId();
  const track = { id: top, kind: 'video' as const, name: 'Still', muted: false, locked: false };
  let current = { ...opened, project };
  current = { ...current, project: (await make(window, current, (before) => addTrack(before, { track }))).project };
  const clips = ids.map((mediaId, index) =>
    clipSchema.parse({
      ...{
        id: `clip-media${index}`,
        trackId: index === 0 ? trackId : top,
        startFrame: 30 + index * 2,
        lengthFrames: 12,
      },
      ...{ inFrame: index === 0 ? 4 : 0, speed: index === 0 ? { num: 3, den: 2 } : { num: 1, den: 1 } },
      ...{ opacity: index === 0 ? 1 : 0.8, volume: 1, fadeInFrames: 0, fadeOutFrames: index * 2, dissolveInFrames: 0 },
      source: { kind: 'media', mediaId },
    }),
  );
  return { ...current, project: (await make(window, current, (before) => addClips(before, { clips }))).project };
}

async function brought(window: Window, { open }: OpenedProject, file: string): Promise<MediaId> {
  for await (const event of window.stream('importMedia', { open, source: { kind: 'file', path: file } }))
    if (event.kind === 'imported') return event.mediaId;
  throw new Error(`${file} was not imported`);
}

async function generated(window: Window, { open }: OpenedProject, takeId: TakeId, upTo?: string): Promise<void> {
  const last = upTo === undefined ? undefined : stageIdSchema.parse(upTo);
  await window.request('generate', { open, takes: [takeId], ...(last && { upTo: last }) });
  await firstOf(window.stream('ladders', { open, takes: [takeId] }), ({ ladder }) => {
    const stage = last === undefined ? ladder?.stages.at(-1) : ladder?.stages.find((one) => one.stage === last);
    return stage?.state.kind === 'done';
  });
}

/** Lossless, as RGB by frame. */
async function exportedFrames(window: Window, { open }: OpenedProject, file: string, { width, height }: Size) {
  const source = { kind: 'edit' as const, open };
  const { id } = await window.request('startExport', { source, preset: 'png-sequence', file });
  const ended = await firstOf(window.stream('exports', {}), ({ exports }) =>
    exports.some((one) => one.id === id && !['waiting', 'running'].includes(one.state.kind)),
  );
  expect(ended.exports.find((one) => one.id === id)?.state).toMatchObject({ kind: 'done' });
  const chunks: Uint8Array[] = [];
  await runFfmpeg({
    ffmpegPath: locateFfmpeg({ chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' }).path,
    args: ['-i', `file:${file}/frame-%06d.png`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    output: (chunk) => void chunks.push(chunk),
    limitSec: 60,
    signal: new AbortController().signal,
  });
  const rgb = Buffer.concat(chunks);
  const bytes = width * height * 3;
  expect(rgb.length).toBe(frames * bytes);
  return (frame: number): Buffer => rgb.subarray(frame * bytes, (frame + 1) * bytes);
}

/** What is on the viewer's canvas at 100 %, in the project that was opened last. */
async function shownFrames(browser: Browser, url: string, size: Size): Promise<readonly Buffer[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('combobox', { name: 'Scale' }).click();
    await page.getByRole('option', { name: '100 %', exact: true }).click();
    // The menu had the keys; now the window has them.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Home');
    const shown: Buffer[] = [];
    let at = 0;
    for (const frame of looked) {
      for (; at < frame; at += 1) await page.keyboard.press('ArrowRight');
      await page.locator(`canvas[data-frame="${frame}"][aria-busy="false"]`).waitFor();
      shown.push(await painted(page, size));
    }
    return shown;
  } finally {
    await page.close();
  }
}

const readingSchema = z.object({ width: z.number(), height: z.number(), rgba: z.string() });

/** All that is painted on the viewer's canvas, as RGB; it must have this size, pixel for pixel. */
async function painted(page: Page, size: Size): Promise<Buffer> {
  const { rgba, ...read } = readingSchema.parse(await page.evaluate(readCanvas));
  expect(read).toEqual({ width: size.width, height: size.height });
  return Buffer.from(Buffer.from(rgba, 'base64').filter((_, i) => i % 4 !== 3));
}

/** Runs in the page: the smallest rectangle around everything that is not transparent. */
const readCanvas = `(() => {
  const canvas = document.querySelector('canvas[data-frame]');
  const context = canvas.getContext('2d');
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let y = 0; y < canvas.height; y += 1)
    for (let x = 0; x < canvas.width; x += 1)
      if (data[(y * canvas.width + x) * 4 + 3] > 0) {
        [left, top] = [Math.min(left, x), Math.min(top, y)];
        [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
      }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const rgba = context.getImageData(left, top, width, height).data;
  let text = '';
  for (let at = 0; at < rgba.length; at += 8192) text += String.fromCharCode(...rgba.subarray(at, at + 8192));
  return { width, height, rgba: btoa(text) };
})()`;

function largestDifference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? 0))), 0);
}
