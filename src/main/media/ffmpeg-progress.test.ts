import { describe, expect, it } from 'vitest';
import { FfmpegProgressParser } from './ffmpeg-progress';

const stream = [
  'frame=0\nfps=0.00\nstream_0_0_q=0.0\nbitrate=N/A\ntotal_size=N/A\nout_time_us=N/A\nspeed=N/A\nprogress=continue\n',
  'frame=12\nfps=23.71\nstream_0_0_q=28.0\nbitrate=   0.1kbits/s\ntotal_size=48\nout_time=00:00:00.41\nprogress=continue\n',
  'frame=24\nfps=25.00\ntotal_size=90211\nprogress=end\n',
].join('');

const expected = [
  { frame: 0, fps: 0, sizeBytes: undefined, finished: false },
  { frame: 12, fps: 23.71, sizeBytes: 48, finished: false },
  { frame: 24, fps: 25, sizeBytes: 90211, finished: true },
];

describe('FfmpegProgressParser', () => {
  it('reads whole blocks', () => {
    expect(new FfmpegProgressParser().push(stream)).toEqual(expected);
  });

  it('gives the same whatever the pieces', () => {
    for (const length of [1, 7, 64]) {
      const parser = new FfmpegProgressParser();
      const pieces = Array.from({ length: Math.ceil(stream.length / length) }, (_, i) =>
        stream.slice(i * length, (i + 1) * length),
      );
      expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(expected);
    }
  });

  it('carries nothing from one block into the next', () => {
    expect(
      new FfmpegProgressParser().push('frame=9\ntotal_size=5\nprogress=continue\nfps=1\nprogress=end\n')[1],
    ).toEqual({
      frame: 0,
      fps: 1,
      sizeBytes: undefined,
      finished: true,
    });
  });

  it('takes carriage returns, nonsense and negative values without complaint', () => {
    expect(new FfmpegProgressParser().push('\r\nnonsense\nframe=-3\r\nfps=abc\r\nprogress=end\r\n')).toEqual([
      { frame: 0, fps: 0, sizeBytes: undefined, finished: true },
    ]);
  });
});
