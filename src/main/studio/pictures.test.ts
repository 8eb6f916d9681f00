import { mkdtemp, readdir, rm, stat, writeFile, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sha256Schema, type Sha256 } from '#shared/units';
import { openArtifactStore, type ArtifactStore } from '../artifacts/artifact-store';
import { openSharedHome } from '../files/shared-home';
import { locateFfmpeg } from '../media/ffmpeg';
import { runFfmpeg } from '../media/run-ffmpeg';
import { Pictures } from './pictures';

const ffmpegPath = locateFfmpeg({ chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' }).path;
const { signal } = new AbortController();
const [frames, height, width] = [9, 24, 40];

let folder: string;
let artifacts: ArtifactStore;
let clip: Uint8Array;
let key: Sha256;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-pictures-'));
  const home = await openSharedHome(path.join(folder, 'home'));
  onTestFinished(async () => {
    await home.close();
    await rm(folder, { recursive: true, force: true });
  });
  artifacts = await openArtifactStore(home.artifacts, home.locks);
  clip = drawn(0);
  key = await kept(clip);
});

/** Each frame of one colour, with a gradient across it. */
function drawn(offset: number): Uint8Array {
  const bytes = height * width * 3;
  return Uint8Array.from({ length: frames * bytes }, (_, i) => {
    const pixel = Math.floor((i % bytes) / 3);
    return i % 3 === 0 ? 20 * Math.floor(i / bytes) + offset : i % 3 === 1 ? 4 * (pixel % width) : 128;
  });
}

async function kept(rgb: Uint8Array): Promise<Sha256> {
  const bytes = height * width * 3;
  const read = (from: number, to: number): Promise<Uint8Array> => Promise.resolve(rgb.slice(from * bytes, to * bytes));
  return (await artifacts.import({ frames, height, width, fps: 3, read }, signal)).sha256;
}

function pictures(limitBytes?: number): Pictures {
  const proxies = path.join(folder, 'proxies');
  const made = new Pictures({
    folder: proxies,
    artifacts,
    ffmpegPath: () => ffmpegPath,
    ...(limitBytes && { limitBytes }),
  });
  onTestFinished(() => made.close());
  return made;
}

/** What a file shows, as ffmpeg decodes it. */
async function decoded(file: string, demuxer: string, filters: readonly string[] = []): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await runFfmpeg({
    ffmpegPath,
    args: ['-f', demuxer, '-i', `file:${file}`, ...filters, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    output: (chunk) => void chunks.push(chunk),
    limitSec: 30,
    signal,
  });
  return Buffer.concat(chunks);
}

describe('pictures of a clip', () => {
  it('gives a frame exactly as it is', async () => {
    const file = path.join(folder, 'frame.png');
    await writeFile(file, await pictures().frame(key, 5));
    const bytes = height * width * 3;
    expect((await decoded(file, 'png_pipe')).equals(clip.subarray(5 * bytes, 6 * bytes))).toBe(true);
    await expect(pictures().frame(key, frames)).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('puts evenly spread frames side by side, smaller but never larger', async () => {
    const file = path.join(folder, 'strip.png');
    await writeFile(file, await pictures().strip(key, 3, 100));
    const strip = await decoded(file, 'png_pipe');
    expect(strip.byteLength).toBe(3 * width * height * 3);
    // Of nine frames those in the middle of each third: 1, 4 and 7.
    expect([0, 1, 2].map((i) => strip[i * width * 3])).toEqual([20, 80, 140]);
    await writeFile(file, await pictures().strip(key, 64, 12));
    expect((await decoded(file, 'png_pipe')).byteLength).toBe(frames * (width / 2) * (height / 2) * 3);
  });

  it('puts what is more than a row holds into a second one, each frame in its place', async () => {
    const long = 70;
    const rgb = Uint8Array.from({ length: long * 12 }, (_, i) => 3 * Math.floor(i / 12));
    const read = (from: number, to: number) => Promise.resolve(rgb.slice(from * 12, to * 12));
    const { sha256 } = await artifacts.import({ frames: long, height: 2, width: 2, fps: 24, read }, signal);
    const file = path.join(folder, 'rows.png');
    await writeFile(file, await pictures().strip(sha256, 128, 8));
    const strip = await decoded(file, 'png_pipe');
    expect(strip.byteLength).toBe(64 * 2 * 4 * 3);
    const row = 64 * 2 * 3;
    const first = (frame: number) => strip[Math.floor(frame / 64) * 2 * row + (frame % 64) * 6];
    expect([0, 1, 63, 64, 69].map(first)).toEqual([0, 3, 189, 192, 207]);
  });

  it('makes a film of every frame, enlarged by whole pixels, near its colours', async () => {
    const file = await pictures().proxy(key);
    const film = await decoded(file, 'mov', [
      '-vf',
      `scale=${width}:${height}:flags=neighbor+accurate_rnd+full_chroma_int`,
    ]);
    expect(film.byteLength).toBe(clip.byteLength);
    const worst = film.reduce((most, value, i) => Math.max(most, Math.abs(value - (clip[i] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(6);
  });

  it('makes a film once, however many ask, and again when it is gone', async () => {
    const made = pictures();
    const files = await Promise.all([made.proxy(key), made.proxy(key), made.proxy(key)]);
    expect(new Set(files).size).toBe(1);
    const { ino } = await stat(files[0]);
    expect((await stat(await made.proxy(key))).ino).toBe(ino);
    await rm(files[0]);
    expect((await stat(await made.proxy(key))).size).toBeGreaterThan(0);
    expect(await readdir(path.join(folder, 'proxies'))).toEqual([`${key}.mp4`]);
  });

  it('keeps to its limit: what was used longest ago goes, and so does what a killed process left', async () => {
    const made = pictures(1);
    const first = await made.proxy(key);
    const leftOver = `${first}.0123456789ab.partial`;
    await writeFile(leftOver, 'half');
    await utimes(leftOver, 0, 0);
    const second = await made.proxy(await kept(drawn(7)));
    expect(await readdir(path.dirname(second))).toEqual([path.basename(second)]);
  });

  it('says that a clip is not kept any more', async () => {
    const unknown = sha256Schema.parse('a'.repeat(64));
    await expect(pictures().proxy(unknown)).rejects.toMatchObject({ code: 'artifact-missing' });
    await expect(pictures().frame(unknown, 0)).rejects.toMatchObject({ code: 'artifact-missing' });
  });

  it('leaves nothing behind where ffmpeg fails', async () => {
    const broken = new Pictures({
      folder: path.join(folder, 'proxies'),
      artifacts,
      ffmpegPath: () => '/nowhere/ffmpeg',
    });
    await expect(broken.proxy(key)).rejects.toMatchObject({ code: 'ffmpeg-missing' });
    expect(await readdir(path.join(folder, 'proxies'))).toEqual([]);
  });
});
