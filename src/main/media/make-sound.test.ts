import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { peakSamples, soundRate } from '#shared/studio/media-imported';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { makeSound, peaksName, samplesName } from './make-sound';
import { PeakMaker } from './peaks';
import { probeStreams } from './probe';
import { SoundReader } from './sound-reader';

describe('PeakMaker', () => {
  it('gives the least and greatest of every 256 samples, whatever the pieces', () => {
    const samples = Int16Array.from({ length: 2 * (2 * peakSamples + 10) }, (_, i) => Math.round(32_767 * Math.sin(i)));
    samples[7] = -32_768;
    const expected = [-127, 127, -127, 127, -126, 127];
    for (const length of [2, 510, samples.length]) {
      const maker = new PeakMaker();
      const made: number[] = [];
      for (let at = 0; at < samples.length; at += length) {
        maker.push(samples.subarray(at, at + length));
        made.push(...maker.taken());
      }
      expect([...made, ...maker.end()]).toEqual(expected);
    }
  });

  it('gives nothing for nothing', () => expect(new PeakMaker().end()).toHaveLength(0));
});

describe('makeSound', () => {
  const ffmpegPath = needFfmpeg();
  const scratch = scratchFolder();
  const made = async (name: string, source: string, output: readonly string[]) => {
    const folder = path.join(scratch, `${name}-made`);
    await mkdir(folder);
    const file = await makeMedia(source, ['-y', ...output], path.join(scratch, name));
    const progress: number[] = [];
    const streams = await probeStreams(ffmpegPath, file, never);
    await makeSound({ ffmpegPath, file, streams }, folder, (sec) => progress.push(sec), never);
    return { folder, progress, reader: await SoundReader.open(path.join(folder, samplesName)) };
  };
  const tone = 'aevalsrc=0.5*sin(2*PI*1000*t):sample_rate=48000:duration=1';

  it('keeps the level of mono, and every sample of a WAV', async () => {
    const { reader, progress, folder } = await made('mono.wav', tone, ['-c:a', 'pcm_s16le', '-f', 'wav']);
    expect(reader.samples).toBe(soundRate);
    const samples = await reader.read(12, 14);
    for (const [index, sample] of [12, 12, 13, 13].entries())
      expect(samples[index]).toBeCloseTo(0.5 * Math.sin((2 * Math.PI * 1000 * sample) / soundRate), 3);
    expect(progress.at(-1)).toBe(1);
    const peaks = new Int8Array(await readFile(path.join(folder, peaksName)));
    expect(peaks.length).toBe(2 * Math.ceil(soundRate / peakSamples));
    expect([Math.min(...peaks), Math.max(...peaks)]).toEqual([-64, 64]);
    await reader.close();
  });

  it('is silent before its beginning and behind its end', async () => {
    const { reader } = await made('edges.flac', tone, ['-f', 'flac']);
    const before = await reader.read(-3, 20);
    expect(before).toHaveLength(46);
    expect([...before.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(before[40]).not.toBe(0);
    expect([...(await reader.read(reader.samples, reader.samples + 2))]).toEqual([0, 0, 0, 0]);
    await reader.close();
  });

  it('begins where the file begins, also where a codec adds samples of its own', async () => {
    const click = "aevalsrc='if(eq(n,24000),1,0)':sample_rate=48000:duration=1";
    for (const output of [
      ['-c:a', 'libmp3lame', '-b:a', '320k', '-f', 'mp3'],
      ['-c:a', 'aac', '-b:a', '320k', '-f', 'mp4'],
    ]) {
      const { reader } = await made(`click.${output.at(-1)}`, click, output);
      const samples = await reader.read(0, soundRate);
      const loudest = samples.reduce(
        (best, value, at) => (Math.abs(value) > Math.abs(samples[best] ?? 0) ? at : best),
        0,
      );
      expect(Math.abs(loudest / 2 - 24_000)).toBeLessThan(4);
      await reader.close();
    }
  });
});
