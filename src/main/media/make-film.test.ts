import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { mediaSchema } from '#shared/project/media';
import { decodeFrames } from './decode-frames';
import { describeMedia } from './describe-media';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { filmName, makeFilm } from './make-film';
import { makeThumbnail, thumbnailName } from './make-thumbnail';
import { probeStreams } from './probe';

const sheetName = (sheet: number): string => `strip-${sheet}.jpg`;
const frameRate = { num: 24, den: 1 };

describe('makeFilm', () => {
  const ffmpegPath = needFfmpeg();
  const scratch = scratchFolder();
  const open = async (file: string) => ({ ffmpegPath, file, streams: await probeStreams(ffmpegPath, file, never) });
  const emptyFolder = (name: string): string => {
    const folder = path.join(scratch, name);
    mkdirSync(folder);
    return folder;
  };
  /** Mean brightness of each frame. */
  const levels = async (file: string, frames: number): Promise<readonly number[]> => {
    const made = [];
    const stretch = { frameRate, fromFrame: 0, toFrame: frames };
    const size = { width: 8, height: 8 };
    for await (const rgb of decodeFrames(await open(file), { stretch, size, pixels: 'rgb24' }, never))
      made.push(rgb.reduce((sum, value) => sum + value, 0) / rgb.length);
    return made;
  };

  it('makes a film of the same frames, and a strip of some of them', async () => {
    const rising = "color=black:size=331x201:rate=24:duration=3,format=rgb24,geq=r='2*N+20':g='2*N+20':b='2*N+20'";
    const file = await makeMedia(rising, ['-c:v', 'ffv1', '-f', 'matroska'], path.join(scratch, "it's.mkv"));
    const folder = emptyFolder('film');
    const shares: number[] = [];
    await makeFilm(await open(file), { frames: 72, frameRate }, folder, (share) => shares.push(share), never);
    expect(readdirSync(folder).sort()).toEqual([filmName, sheetName(0), sheetName(1), sheetName(2)]);
    const [source, film] = [await levels(file, 72), await levels(path.join(folder, filmName), 72)];
    for (const [frame, level] of source.entries()) expect(Math.abs((film[frame] ?? 0) - level)).toBeLessThan(1.5);
    expect(shares.at(-1)).toBe(1);
    expect((await open(path.join(folder, filmName))).streams.picture).toMatchObject({
      ...{ codec: 'h264', pixelFormat: 'yuv420p', colourMatrix: 'bt709' },
      ...{ width: 332, height: 202, fps: 24 },
    });
    const sheet = (await open(path.join(folder, sheetName(0)))).streams.picture?.shown;
    expect(sheet).toEqual({ width: 32 * 144, height: 88 });
  });

  it('leaves out pictures of a strip where a film is long', async () => {
    const file = await makeMedia(
      'testsrc2=size=16x16:rate=24:duration=100',
      ['-f', 'mp4'],
      path.join(scratch, 'long.mp4'),
    );
    const folder = emptyFolder('long');
    await makeFilm(await open(file), { frames: 2400, frameRate }, folder, () => undefined, never);
    expect(readdirSync(folder).filter((name) => name.startsWith('strip'))).toHaveLength(800 / 32);
  });

  it('stops when it is told to', async () => {
    const file = await makeMedia(
      'testsrc2=size=640x480:rate=24:duration=20',
      ['-f', 'mp4'],
      path.join(scratch, 'stop.mp4'),
    );
    const stop = new AbortController();
    const made = makeFilm(
      await open(file),
      { frames: 480, frameRate },
      emptyFolder('stop'),
      () => stop.abort(),
      stop.signal,
    );
    await expect(made).rejects.toSatisfy(isCancellation);
  });
});

describe('makeThumbnail', () => {
  const ffmpegPath = needFfmpeg();
  const scratch = scratchFolder();

  it.each([
    ['a video', 'testsrc2=size=640x360:rate=24:duration=1', ['-f', 'mp4'], { width: 192, height: 108 }],
    [
      'a tall picture',
      'testsrc2=size=100x800',
      ['-frames:v', '1', '-f', 'image2', '-c:v', 'png'],
      { width: 16, height: 128 },
    ],
    ['a tiny picture', 'testsrc2=size=8x6', ['-frames:v', '1', '-f', 'image2', '-c:v', 'png'], { width: 8, height: 6 }],
  ])('of %s', async (name, source, output, size) => {
    const file = await makeMedia(source, output, path.join(scratch, name));
    const described = await describeMedia(ffmpegPath, file, never);
    const media = mediaSchema.parse({ ...described, id: 'media-a', name, sha256: 'a'.repeat(64), pathHint: file });
    const streams = await probeStreams(ffmpegPath, file, never);
    if (media.kind === 'audio') throw new Error('it has a picture');
    await makeThumbnail({ ffmpegPath, file, streams }, media, scratch, never);
    const png = readFileSync(path.join(scratch, thumbnailName));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size.width, size.height]);
  });
});
