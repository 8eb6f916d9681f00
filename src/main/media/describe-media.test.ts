import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeMedia } from './describe-media';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { nominalRate } from './nominal-rate';
import { PacketTimes } from './packet-times';
import { runFfmpeg } from './run-ffmpeg';

describe('nominalRate', () => {
  const steps = (...pairs: readonly (readonly [number, number])[]) => new Map(pairs);

  it.each([
    ['even steps', steps([0.04, 100]), undefined, { num: 25, den: 1 }],
    ['television’s steps', steps([1001 / 24_000, 100]), 23.98, { num: 24_000, den: 1001 }],
    ['whole milliseconds of a Matroska', steps([0.033, 66], [0.034, 33]), 30, { num: 30, den: 1 }],
    ['whole milliseconds that mean 29.97', steps([0.033, 63], [0.034, 36]), 29.97, { num: 30_000, den: 1001 }],
    [
      'uneven steps: the shortest that are common',
      steps([1 / 60, 40], [0.1, 20], [2, 3], [0.001, 1]),
      12,
      { num: 60, den: 1 },
    ],
    ['a slow show of slides', steps([5, 10]), undefined, { num: 1, den: 5 }],
    ['a single frame', steps(), undefined, { num: 25, den: 1 }],
  ])('of %s', (_, seen, said, expected) => expect(nominalRate(seen, said)).toEqual(expected));
});

describe('PacketTimes', () => {
  const text =
    '#tb 0: 1/1000\n#tb 1: 1/48000\n0, -40, 0, 40, 9, 0x0\n1, 0, 0, 1024, 9, 0x0\n0, 0, 80, 40, 9, 0x0, F=0x0\n0, 40, 40, 40, 9, 0x0\n';

  it('reads the same whatever the pieces', () => {
    for (const length of [1, 7, 500]) {
      const times = new PacketTimes();
      for (let at = 0; at < text.length; at += length) times.push(text.slice(at, at + length));
      expect(times.of(0)).toMatchObject({ packets: 3, endSec: 0.12, steps: new Map([[0.04, 2]]) });
      expect(times.of(1)).toMatchObject({ packets: 1, endSec: 1024 / 48_000, steps: new Map() });
      expect(times.of(2)).toBeUndefined();
    }
  });
});

describe('describeMedia', () => {
  const ffmpegPath = needFfmpeg();
  const folder = scratchFolder();
  const at = (name: string): string => path.join(folder, name);
  const describeFile = (file: string) => describeMedia(ffmpegPath, file, never);
  const film = 'testsrc2=size=160x90:rate=30000/1001:duration=2';

  it('tells a video with and without sound', async () => {
    const silent = await makeMedia(film, ['-f', 'mp4'], at('silent.mp4'));
    const video = {
      kind: 'video',
      frames: 60,
      frameRate: { num: 30_000, den: 1001 },
      size: { width: 160, height: 90 },
    };
    expect(await describeFile(silent)).toEqual({ ...video, hasAudio: false });
    const args = [
      '-f',
      'lavfi',
      '-i',
      film,
      '-f',
      'lavfi',
      '-i',
      'sine=duration=2',
      '-f',
      'mov',
      `file:${at('both.mov')}`,
    ];
    await runFfmpeg({ ffmpegPath, args, limitSec: 60, signal: never });
    expect(await describeFile(at('both.mov'))).toEqual({ ...video, hasAudio: true });
  });

  it.each([
    ['wav', [], 44_100],
    ['mp3', [], 44_100],
    ['flac', [], 44_100],
    ['ogg', ['-c:a', 'libvorbis'], 44_100],
    ['ogg', ['-c:a', 'libopus'], 48_000],
    ['adts', ['-c:a', 'aac'], 44_100],
    ['mp4', ['-c:a', 'aac'], 44_100],
  ] as const)('tells sound in %s %j', async (format, codec, sampleRate) => {
    const file = await makeMedia('sine=frequency=440:duration=2', ['-y', ...codec, '-f', format], at('sound'));
    const described = await describeFile(file);
    expect(described).toMatchObject({ kind: 'audio', frameRate: { num: sampleRate, den: 1 } });
    if (described.kind === 'audio') expect(Math.abs(described.frames / sampleRate - 2)).toBeLessThan(0.06);
  });

  it('takes the cover of a song for no video', async () => {
    const song = await makeMedia('sine=duration=1', ['-f', 'mp3'], at('song.mp3'));
    const cover = await makeMedia(
      'color=red:size=64x48',
      ['-frames:v', '1', '-f', 'image2', '-update', '1'],
      at('cover.png'),
    );
    const args = [
      '-i',
      song,
      '-i',
      cover,
      '-map',
      '0:a',
      '-map',
      '1:v',
      '-c',
      'copy',
      '-disposition:v',
      'attached_pic',
    ];
    await runFfmpeg({ ffmpegPath, args: [...args, `file:${at('covered.mp3')}`], limitSec: 60, signal: never });
    expect(await describeFile(at('covered.mp3'))).toMatchObject({ kind: 'audio' });
  });

  it.each([
    ['png', ['-f', 'image2', '-update', '1']],
    ['jpg', ['-f', 'image2', '-update', '1', '-c:v', 'mjpeg']],
    ['webp', ['-f', 'webp', '-c:v', 'libwebp']],
    ['gif', ['-f', 'gif']],
    ['mp4', ['-f', 'mp4']],
  ] as const)('takes a single frame of %s for a still, odd as its size is', async (name, output) => {
    const size = name === 'mp4' ? '64x48' : '63x47';
    const file = await makeMedia(
      `testsrc2,format=rgb24,crop=${size.replace('x', ':')}:exact=1`,
      ['-y', '-frames:v', '1', ...output],
      at(`one.${name}`),
    );
    const [width, height] = size.split('x').map(Number);
    expect(await describeFile(file)).toEqual({ kind: 'image', size: { width, height } });
  });

  it.each([
    ['mkv', 'yuv420p10le', ['-c:v', 'ffv1', '-f', 'matroska'], 'video', 10],
    ['mov', 'yuv422p10le', ['-c:v', 'prores_ks', '-f', 'mov'], 'video', 10],
    ['png', 'rgb48be', ['-frames:v', '1', '-f', 'image2', '-update', '1'], 'image', 16],
  ] as const)('says that a %s of %s has more bits than are kept', async (name, format, output, kind, bits) => {
    const file = await makeMedia(film, ['-y', '-t', '0.2', '-pix_fmt', format, ...output], at(`deep.${name}`));
    expect(await describeFile(file)).toMatchObject({ kind, bits });
  });

  it('counts an animation and uneven frames at a rate that loses no motion', async () => {
    const gif = await makeMedia(film, ['-y', '-vf', 'fps=10', '-f', 'gif'], at('moving.gif'));
    expect(await describeFile(gif)).toMatchObject({ kind: 'video', frames: 20, frameRate: { num: 10, den: 1 } });
    const uneven = ['-vf', "select='lt(n,30)+not(mod(n,5))'", '-vsync', 'vfr', '-f', 'matroska'];
    const recording = await makeMedia('testsrc2=size=64x48:rate=30:duration=4', ['-y', ...uneven], at('uneven.mkv'));
    const described = await describeFile(recording);
    expect(described).toMatchObject({ frameRate: { num: 30, den: 1 } });
    if (described.kind === 'video') expect(Math.abs(described.frames - 120)).toBeLessThan(6);
  });

  it('shows pixels that are not square as they look', async () => {
    const file = await makeMedia(`${film},setsar=2`, ['-y', '-c:v', 'ffv1', '-f', 'matroska'], at('wide.mkv'));
    expect(await describeFile(file)).toMatchObject({ size: { width: 320, height: 90 } });
  });

  it('refuses what is damaged, empty, or not what it says', async () => {
    const file = await makeMedia(film, ['-y', '-f', 'mp4'], at('cut.mp4'));
    truncateSync(file, 3000);
    await expect(describeFile(file)).rejects.toMatchObject({ code: 'media-unreadable' });
    const noise = Buffer.concat([Buffer.from('RIFF\x10\0\0\0WAVEfmt '), Buffer.alloc(400, 0x41)]);
    writeFileSync(at('noise.wav'), noise);
    await expect(describeFile(at('noise.wav'))).rejects.toMatchObject({ code: 'media-unreadable' });
    writeFileSync(at('empty.mp3'), '');
    await expect(describeFile(at('empty.mp3'))).rejects.toMatchObject({ code: 'media-unreadable' });
    writeFileSync(at('list.mp3'), '#EXTM3U\nhttp://127.0.0.1:9/a.mp3\n');
    await expect(describeFile(at('list.mp3'))).rejects.toMatchObject({ code: 'media-unsupported' });
    writeFileSync(at('tagged.mp3'), Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f'), readFileSync(file)]));
    await expect(describeFile(at('tagged.mp3'))).rejects.toMatchObject({ code: 'media-unreadable' });
  });
});
