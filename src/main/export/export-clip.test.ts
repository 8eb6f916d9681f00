import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { ffmpegCapabilities } from '../media/ffmpeg-capabilities';
import { ffmpegPath as found, needFfmpeg, never, scratchFolder } from '../media/ffmpeg.test-support';
import { probeMedia } from '../media/probe';
import { exportClip, type ClipExport, type ExportSource } from './export-clip';
import { barErrors, bars, decode, moving, recipe } from './export.test-support';
import { prepareOutput } from './output-target';
import { exportPresets, type ExportPreset } from './presets';
import { readRecipe } from './read-recipe';

const encoders = found === undefined ? new Set<string>() : (await ffmpegCapabilities(found, never)).encoders;
const h264 = exportPresets[0]!;

describe('exportClip', () => {
  const ffmpegPath = needFfmpeg();
  const folder = scratchFolder();
  let made = 0;

  async function write(preset: ExportPreset, source: ExportSource, more: Partial<ClipExport> & { file?: string } = {}) {
    const ending = preset.extension === '' ? '' : `.${preset.extension}`;
    const file = more.file ?? path.join(folder, `clip-${made++}${ending}`);
    const target = await prepareOutput(file, preset.target, false);
    await exportClip({ ffmpegPath, source, preset, target, signal: never, ...more });
    return file;
  }

  describe.each(exportPresets)('$id', (preset) => {
    const needEncoder = (skip: (note: string) => never): void => {
      if (!encoders.has(preset.encoder)) skip(`not run: this ffmpeg has no encoder ${preset.encoder}`);
    };

    it('keeps every frame, says BT.709, and gives colour bars back', { timeout: 60_000 }, async ({ skip }) => {
      needEncoder(skip);
      const [frames, height, width] = [10, 96, 13 * 24];
      const file = await write(preset, bars(frames, height, width), { recipe });
      const media = preset.target === 'file' ? file : path.join(file, 'frame-000003.png');
      if (preset.target === 'folder') expect(readdirSync(file)).toHaveLength(frames);
      const rgb = await decode(ffmpegPath, media);
      if (preset.target === 'file') expect(rgb.length).toBe(frames * height * width * 3);
      const { largest, mean } = barErrors(rgb, height, width);
      expect(largest).toBeLessThanOrEqual(preset.yCbCr ? 2 : 0);
      expect(mean).toBeLessThan(0.75);
      const facts = await probeMedia(ffmpegPath, media, never);
      expect(facts).toMatchObject({
        width,
        height,
        ...(preset.yCbCr && { pixelFormat: preset.pixelFormat, colourMatrix: 'bt709' }),
      });
    });

    it('keeps the recipe', { timeout: 60_000 }, async ({ skip }) => {
      needEncoder(skip);
      const file = await write(preset, moving(6, 72, 120), { recipe });
      expect(await readRecipe(file, ffmpegPath, never)).toEqual(recipe);
      if (!preset.embedsRecipe) return;
      writeFileSync(`${file}.recipe.json`, '{}');
      expect(await readRecipe(file, ffmpegPath, never)).toEqual(recipe);
    });
  });

  it('tags primaries and transfer as well as the matrix', async () => {
    const file = await write(h264, bars(2, 64, 104));
    const { output } = await described(ffmpegPath, file);
    expect(output).toMatch(/yuv420p\(tv, bt709, progressive\)/);
  });

  it('reports real progress, from some frames to all of them', async () => {
    const shares: number[] = [];
    await write(h264, moving(200, 240, 400), { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('never holds more than a few frames, whatever the length of the clip', async () => {
    let largest = 0;
    let read = 0;
    let encoded = 0;
    const whole = moving(400, 192, 320);
    const source: ExportSource = {
      ...whole,
      read: (from, to) => {
        largest = Math.max(largest, to - from);
        read = to;
        return whole.read(from, to);
      },
    };
    await write(h264, source, { onProgress: (share) => (encoded = Math.max(encoded, share * whole.frames)) });
    expect(largest * 192 * 320 * 3).toBeLessThanOrEqual(8 * 1024 ** 2);
    expect(read).toBe(400);
    expect(encoded).toBe(400);
  });

  it('exports a range of frames', async () => {
    const file = await write(h264, moving(20, 48, 80), { range: { from: 5, to: 9 } });
    expect((await decode(ffmpegPath, file)).length).toBe(4 * 48 * 80 * 3);
  });

  it('fills odd sizes with their last row and column', async () => {
    const file = await write(h264, bars(2, 47, 13 * 9));
    const facts = await probeMedia(ffmpegPath, file, never);
    expect(facts).toMatchObject({ width: 118, height: 48 });
    const rgb = await decode(ffmpegPath, file);
    const last = rgb.subarray((48 * 118 - 1) * 3, 48 * 118 * 3);
    expect(Math.abs((last[0] ?? 0) - 0x20) + Math.abs((last[2] ?? 0) - 0x60)).toBeLessThan(12);
  });

  it('keeps odd names byte for byte and opens no other file', { timeout: 60_000 }, async () => {
    const names = [
      '-y.mp4',
      'a%03d.mp4',
      'concat:a|b.mp4',
      `"quo'tes.mp4`,
      'new\nline.mp4',
      'e\u0301.mp4',
      '\u00e9.mp4',
      'CON.mp4',
    ];
    const odd = path.join(folder, 'odd %d:names');
    mkdirSync(odd);
    for (const name of names) await write(h264, moving(2, 16, 16), { file: path.join(odd, name), recipe });
    expect(readdirSync(odd, 'buffer').map(String).toSorted()).toEqual(
      names.flatMap((name) => [name, `${name}.recipe.json`]).toSorted(),
    );
    const pictures = exportPresets.find(({ id }) => id === 'png-sequence')!;
    await write(pictures, moving(2, 16, 16), { file: path.join(odd, 'pic%d') });
    expect(readdirSync(path.join(odd, 'pic%d'))).toEqual(['frame-000000.png', 'frame-000001.png']);
  });

  describe('leaves nothing behind', () => {
    const files = (): string[] =>
      readdirSync(folder).filter((name) => name.startsWith('broken') || name.startsWith('.sluice'));

    it('when ffmpeg is killed half-way', async () => {
      const wrapper = path.join(folder, 'mortal-ffmpeg');
      writeFileSync(wrapper, `#!/bin/sh\n(sleep 0.5; kill -9 $$) &\nexec '${ffmpegPath}' "$@"\n`);
      chmodSync(wrapper, 0o755);
      const broken = write(h264, moving(5000, 240, 400), {
        file: path.join(folder, 'broken.mp4'),
        ffmpegPath: wrapper,
        recipe,
      });
      await expect(broken).rejects.toMatchObject({ code: 'ffmpeg-failed', details: { ending: 'SIGKILL' } });
      expect(files()).toEqual([]);
    });

    it('when it is cancelled', async () => {
      const controller = new AbortController();
      const onProgress = (): void => controller.abort();
      const broken = write(h264, moving(5000, 240, 400), {
        file: path.join(folder, 'broken.mp4'),
        signal: controller.signal,
        onProgress,
      });
      await expect(broken).rejects.toSatisfy(isCancellation);
      expect(files()).toEqual([]);
    });

    // Where even root may make no files, though the folder looks as if.
    it.runIf(process.platform === 'linux')('when nothing can be written, and says so', async () => {
      const refused = write(h264, moving(2, 64, 64), { file: '/sys/broken.mp4', recipe });
      await expect(refused).rejects.toMatchObject({ code: 'disk-read-only' });
    });

    it('when the source is damaged', async () => {
      const source: ExportSource = {
        ...moving(900, 64, 64),
        read: () => Promise.reject(new Error('frame 3 is damaged')),
      };
      await expect(write(h264, source, { file: path.join(folder, 'broken.mp4') })).rejects.toThrow(
        'frame 3 is damaged',
      );
      expect(files()).toEqual([]);
    });

    it('when the encoder is not there', async () => {
      const broken = write({ ...h264, encoder: 'libnosuch' }, moving(2, 64, 64), {
        file: path.join(folder, 'broken.mp4'),
      });
      await expect(broken).rejects.toMatchObject({ code: 'media-unsupported' });
      expect(files()).toEqual([]);
    });
  });

  it('does not overwrite a file that appeared meanwhile', async () => {
    const file = path.join(folder, 'meanwhile.mp4');
    const target = await prepareOutput(file, 'file', false);
    writeFileSync(file, 'precious');
    const late = exportClip({ ffmpegPath, source: moving(2, 16, 16), preset: h264, target, signal: never });
    await expect(late).rejects.toMatchObject({ code: 'output-exists' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });
});

async function described(ffmpegPath: string, file: string): Promise<{ output: string }> {
  const { runFfmpeg } = await import('../media/run-ffmpeg');
  const args = ['-i', `file:${file}`, '-f', 'null', '-'];
  return { output: await runFfmpeg({ ffmpegPath, args, describe: true, limitSec: 30, signal: never }) };
}
