/** A small film as an HDR camera makes it, and how bright it is in all that shows it. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeFrames } from './decode-frames';
import { describeMedia } from './describe-media';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { filmName, makeFilm } from './make-film';
import { probeStreams } from './probe';
import { canToneMap } from './tone-mapping';

const frameRate = { num: 24, den: 1 };
const size = { width: 64, height: 48 };
/** Signal levels of diffuse white (203 nits) and of 60 nits: SMPTE ST 2084, equation 5.2; ITU-R BT.2408, table 1. */
const levels = { pq: { white: 0.5807, grey: 0.4578 }, hlg: { white: 0.75, grey: 0.5 } };
const transfers = { pq: 'smpte2084', hlg: 'arib-std-b67' };

describe('high dynamic range', () => {
  const ffmpegPath = needFfmpeg();
  beforeEach(async (context) => {
    if (!(await canToneMap(ffmpegPath))) context.skip('not run: this ffmpeg has no zscale filter');
  });
  const scratch = scratchFolder();
  const open = async (file: string, by = ffmpegPath) => ({
    ...{ ffmpegPath: by, file },
    streams: await probeStreams(by, file, never),
  });

  /** Ten bits, of one grey; `tags`: as ffmpeg's options name them. */
  async function grey(signal: number, tags: readonly string[], name: string): Promise<string> {
    const source = `color=size=64x48:rate=24:duration=0.25,format=yuv420p10le,geq=lum=${Math.round(64 + 876 * signal)}:cb=512:cr=512`;
    return await makeMedia(source, ['-c:v', 'ffv1', ...tags, '-f', 'matroska'], path.join(scratch, name));
  }
  const tagsOf = (range: keyof typeof levels) => {
    return ['-color_primaries', 'bt2020', '-color_trc', transfers[range], '-colorspace', 'bt2020nc'];
  };
  async function brightness(file: string, by = ffmpegPath): Promise<number> {
    const stretch = { frameRate, fromFrame: 0, toFrame: 1 };
    for await (const rgb of decodeFrames(await open(file, by), { stretch, size, pixels: 'rgb24' }, never))
      return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
    throw new Error('there is no frame');
  }
  async function filmOf(file: string, name: string): Promise<string> {
    const folder = path.join(scratch, name);
    mkdirSync(folder);
    await makeFilm(await open(file), { frames: 6, frameRate }, folder, () => undefined, never);
    return path.join(folder, filmName);
  }

  it.each(['pq', 'hlg'] as const)('in %s becomes BT.709, as bright in its film as in its frames', async (range) => {
    const { white, grey: middle } = levels[range];
    const bright = await grey(white, tagsOf(range), `${range}-white.mkv`);
    const dim = await grey(middle, tagsOf(range), `${range}-grey.mkv`);
    expect(await describeMedia(ffmpegPath, bright, never)).toMatchObject({ dynamicRange: range });
    // Diffuse white is near white, and leaves room for highlights; untouched it would be 146 in PQ and 189 in HLG.
    const shown = [await brightness(bright), await brightness(dim)];
    expect(shown[0]).toBeGreaterThan(205);
    expect(shown[0]).toBeLessThan(230);
    expect(shown[1]).toBeGreaterThan(135);
    expect(shown[1]).toBeLessThan(155);
    const film = await filmOf(bright, `${range}-film`);
    expect(Math.abs((await brightness(film)) - shown[0]!)).toBeLessThan(2);
    const tags = { colourMatrix: 'bt709', primaries: 'bt709', transfer: 'bt709', toSdr: [] };
    expect((await open(film)).streams.picture).toMatchObject({ pixelFormat: 'yuv420p', ...tags });
  });

  it('is also mapped where the file names nothing but its transfer', async () => {
    const file = await grey(levels.pq.white, ['-color_trc', 'smpte2084'], 'transfer-only.mkv');
    expect(await brightness(file)).toBeGreaterThan(205);
  });

  it('is left as it is where standard, and where ffmpeg lacks the filters', async () => {
    const standard = await grey(
      0.5,
      ['-color_trc', 'bt709', '-color_primaries', 'bt709', '-colorspace', 'bt709'],
      'sdr.mkv',
    );
    expect(Math.abs((await brightness(standard)) - 128)).toBeLessThan(2);
    expect(await describeMedia(ffmpegPath, standard, never)).not.toHaveProperty('dynamicRange');
    const lacking = path.join(scratch, 'ffmpeg-without-zscale');
    writeFileSync(
      lacking,
      `#!/bin/sh\ncase "$*" in *-filters*) echo " ..C scale V->V Scale";; *) exec ${ffmpegPath} "$@";; esac\n`,
    );
    chmodSync(lacking, 0o755);
    expect([await canToneMap(ffmpegPath), await canToneMap(lacking)]).toEqual([true, false]);
    const bright = await grey(levels.pq.white, tagsOf('pq'), 'flat.mkv');
    expect(await brightness(bright, lacking)).toBeLessThan(150);
  });
});
