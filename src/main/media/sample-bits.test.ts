import { describe, expect, it } from 'vitest';
import { needFfmpeg, never } from './ffmpeg.test-support';
import { runFfmpeg } from './run-ffmpeg';
import { sampleBits } from './sample-bits';

describe('the bits of a sample', () => {
  const ffmpegPath = needFfmpeg();

  it('are those of ffmpeg’s own list, for every format that it names', async (context) => {
    let list = '';
    const output = (chunk: Uint8Array): void => void (list += Buffer.from(chunk).toString('latin1'));
    await runFfmpeg({ ffmpegPath, args: ['-pix_fmts'], output, limitSec: 20, signal: never });
    const formats = [...list.matchAll(/^[I.][O.][H.][P.][B.] (\w+) +\d+ +\d+ +([\d-]+)$/gm)];
    if (formats.length === 0) context.skip('not run: this ffmpeg lists no bits, 5.0 and newer do');
    // Of a mosaic the list gives something else: the share that a colour has of it.
    for (const [, name = '', depths = ''] of formats.filter(([line]) => !line.includes('bayer')))
      expect([name, sampleBits(name)]).toEqual([name, Math.max(8, ...depths.split('-').map(Number))]);
  });
});

it.each([
  ['bayer_rggb16le', 16],
  ['xv30le', 10],
  ['xv36be', 12],
  ['p412le', 12],
  ['rgbaf16le', 16],
  ['rgb96le', 32],
  ['', 8],
])('of %s, which not every ffmpeg has, are %i', (name, bits) => expect(sampleBits(name)).toBe(bits));
