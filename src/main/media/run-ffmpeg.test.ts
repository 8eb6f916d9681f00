import { describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { needFfmpeg, never } from './ffmpeg.test-support';
import { runFfmpeg } from './run-ffmpeg';

const endless = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=24', '-f', 'null', '-'];

describe('runFfmpeg', () => {
  const ffmpegPath = needFfmpeg();
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '64x48', '-r', '24', '-i', 'pipe:0'];
  const frame = new Uint8Array(64 * 48 * 3).fill(77);

  it('passes what it is given through, asking for the next piece only when the last one is taken', async () => {
    let made = 0;
    let received = 0;
    async function* frames() {
      for (; made < 500; made++) {
        expect(made * frame.length - received).toBeLessThan(4 * 1024 ** 2);
        yield frame;
        await Promise.resolve();
      }
    }
    await runFfmpeg({
      ffmpegPath,
      args: [...raw, '-f', 'rawvideo', 'pipe:1'],
      input: frames(),
      output: (chunk) => {
        expect(chunk.every((value) => value === 77)).toBe(true);
        received += chunk.length;
      },
      limitSec: 60,
      signal: never,
    });
    expect(received).toBe(500 * frame.length);
  });

  it('ends before its time limit when its signal is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const run = runFfmpeg({ ffmpegPath, args: endless, limitSec: 60, signal: controller.signal });
    await expect(run).rejects.toSatisfy(isCancellation);
  });

  it('ends at its time limit', async () => {
    const run = runFfmpeg({ ffmpegPath, args: endless, limitSec: 0.3, signal: never });
    await expect(run).rejects.toMatchObject({
      code: 'ffmpeg-failed',
      message: expect.stringContaining('0.3 s') as string,
    });
  });

  it('ends and passes on the error when making the input fails', async () => {
    async function* broken() {
      yield frame;
      await Promise.resolve();
      throw new Error('the frame file is damaged');
    }
    const args = [...raw, '-f', 'null', '-'];
    await expect(runFfmpeg({ ffmpegPath, args, input: broken(), limitSec: 60, signal: never })).rejects.toThrow(
      'damaged',
    );
  });

  it('fails with the last words of ffmpeg, also when it stops reading its input', async () => {
    async function* frames() {
      for (let i = 0; i < 1000; i++) yield await Promise.resolve(frame);
    }
    const args = [...raw, '-vf', 'nosuchfilter', '-f', 'null', '-'];
    await expect(runFfmpeg({ ffmpegPath, args, input: frames(), limitSec: 60, signal: never })).rejects.toMatchObject({
      code: 'ffmpeg-failed',
      message: expect.stringContaining('nosuchfilter') as string,
    });
  });

  it.skipIf(process.getuid?.() === undefined)('tells a full disk from other failures', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=size=640x480:duration=1', '-f', 'rawvideo', '-y', 'file:/dev/full'];
    await expect(runFfmpeg({ ffmpegPath, args, limitSec: 60, signal: never })).rejects.toMatchObject({
      code: 'disk-full',
    });
  });
});

it('says what to do when ffmpeg cannot be started', async () => {
  const run = runFfmpeg({ ffmpegPath: '/nowhere/ffmpeg', args: [], limitSec: 5, signal: never });
  await expect(run).rejects.toMatchObject({
    code: 'ffmpeg-missing',
    message: expect.stringContaining('doctor') as string,
  });
});
