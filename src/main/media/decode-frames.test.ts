import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeFrames, type FrameRequest } from './decode-frames';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { probeStreams } from './probe';

const size = { width: 32, height: 18 };
const film = 'testsrc2=size=160x90:rate=30:duration=6';

async function hashes(frames: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const all = [];
  for await (const frame of frames) all.push(createHash('md5').update(frame).digest('hex'));
  return all;
}

describe('decodeFrames', () => {
  const ffmpegPath = needFfmpeg();
  const folder = scratchFolder();
  const open = async (file: string) => ({ ffmpegPath, file, streams: await probeStreams(ffmpegPath, file, never) });
  const at = (name: string): string => path.join(folder, name);
  const decoded = async (file: string, stretch: NonNullable<FrameRequest['stretch']>) =>
    hashes(decodeFrames(await open(file), { stretch, size, pixels: 'rgb24' }, never));

  it.each([
    ['an MP4 with long groups', ['-c:v', 'libx264', '-g', '250', '-f', 'mp4'], { num: 30, den: 1 }],
    ['a Matroska with another rate asked for', ['-c:v', 'libx264', '-f', 'matroska'], { num: 24_000, den: 1001 }],
    ['a transport stream, which begins late', ['-c:v', 'mpeg2video', '-f', 'mpegts'], { num: 30, den: 1 }],
    [
      'a Matroska whose frames come unevenly',
      ['-vf', "select='lt(n,40)+not(mod(n,7))'", '-vsync', 'vfr', '-c:v', 'libx264', '-f', 'matroska'],
      { num: 30, den: 1 },
    ],
    ['a GIF, which cannot be sought in', ['-vf', 'fps=10', '-f', 'gif'], { num: 10, den: 1 }],
  ])('gives the same frames of %s, wherever it begins', async (_, output, frameRate) => {
    const file = await makeMedia(film, ['-y', ...output], at('film'));
    const count = Math.floor((5.5 * frameRate.num) / frameRate.den);
    const whole = await decoded(file, { frameRate, fromFrame: 0, toFrame: count });
    expect(whole).toHaveLength(count);
    expect(new Set(whole).size).toBeGreaterThan(count / 5);
    for (const fromFrame of [1, Math.floor(count / 2), count - 2])
      expect(await decoded(file, { frameRate, fromFrame, toFrame: fromFrame + 2 })).toEqual(
        whole.slice(fromFrame, fromFrame + 2),
      );
  });

  it('holds the last frame of a file that is shorter than its project says', async () => {
    const file = await makeMedia('testsrc2=size=64x48:rate=24:duration=1', ['-y', '-f', 'mp4'], at('short.mp4'));
    const frames = await decoded(file, { frameRate: { num: 24, den: 1 }, fromFrame: 22, toFrame: 30 });
    expect(frames).toHaveLength(8);
    expect(new Set(frames).size).toBe(2);
  });

  it('turns a video upright', async () => {
    const file = await makeMedia(film, ['-y', '-frames:v', '4', '-f', 'mp4'], at('lying.mp4'));
    const lying = await decoded(file, { frameRate: { num: 30, den: 1 }, fromFrame: 0, toFrame: 1 });
    expect((await open(file)).streams.picture?.shown).toEqual({ width: 160, height: 90 });
    writeFileSync(file, turned(readFileSync(file)));
    expect((await open(file)).streams.picture?.shown).toEqual({ width: 90, height: 160 });
    expect(await decoded(file, { frameRate: { num: 30, den: 1 }, fromFrame: 0, toFrame: 1 })).not.toEqual(lying);
  });

  it('gives a picture with its transparency', async () => {
    const file = await makeMedia(
      'color=0x10C020@0.5:size=40x30,format=rgba',
      ['-frames:v', '1', '-f', 'image2', '-update', '1'],
      at('half.png'),
    );
    const pixels = [];
    for await (const frame of decodeFrames(await open(file), { size, pixels: 'rgba' }, never))
      pixels.push([...frame.subarray(0, 4)]);
    expect(pixels).toEqual([[0x10, 0xc0, 0x20, 0x7f]]);
  });

  it('ends its ffmpeg when nobody wants more', async () => {
    const file = await makeMedia('testsrc2=size=64x48:rate=24:duration=20', ['-y', '-f', 'mp4'], at('long.mp4'));
    const stretch = { frameRate: { num: 24, den: 1 }, fromFrame: 0, toFrame: 480 };
    let taken = 0;
    for await (const frame of decodeFrames(await open(file), { stretch, size, pixels: 'rgb24' }, never)) {
      taken += frame.length > 0 ? 1 : 0;
      if (taken === 3) break;
    }
    expect(taken).toBe(3);
  });
});

/** The same MP4 with the matrix of its track turned by a quarter (ISO/IEC 14496-12, section 8.3.2), as telephones write it. */
function turned(mp4: Buffer): Buffer {
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, 90 << 16, 0, 0x40000000];
  const at = mp4.indexOf('tkhd') + 44;
  matrix.forEach((value, index) => mp4.writeInt32BE(value, at + 4 * index));
  return mp4;
}
