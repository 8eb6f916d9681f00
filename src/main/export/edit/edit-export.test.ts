import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { addMedia } from '#shared/project/edits/media';
import { addClips } from '#shared/project/edits/place-clips';
import { mediaSchema } from '#shared/project/media';
import { projectJson } from '#shared/project/project';
import { audio, boatClip, hashOf, takeOneId } from '#shared/project/project.test-fixtures';
import { ffmpegCapabilities } from '../../media/ffmpeg-capabilities';
import { needFfmpeg, never, scratchFolder } from '../../media/ffmpeg.test-support';
import { prepareOutput } from '../output-target';
import { exportPresets } from '../presets';
import type { ExportJob } from '../worker/contract';
import { exportInThread } from '../worker/export-thread';
import { timeline, useTake } from './edit-export.test-support';

const folder = scratchFolder();
const framesPath = useTake(folder);

describe('the export of an edit', () => {
  const ffmpegPath = needFfmpeg();
  const entry = path.resolve('out/export-thread.js');
  let made = 0;

  /** Long enough to be interrupted. */
  async function job(fields: Partial<ExportJob> = {}, into = folder): Promise<ExportJob> {
    const target = await prepareOutput(path.join(into, `edit-${made++}.mp4`), 'file', false);
    const project = timeline(
      ...Array.from({ length: 60 }, (_, i) =>
        boatClip(`c${i}`, { startFrame: i * 100, lengthFrames: 100, inFrame: 0 }),
      ),
    );
    return {
      ...{ ffmpegPath, preset: 'mp4-h264', quality: 'good', target, range: { inFrame: 0, outFrame: 6000 } },
      ...{ size: { width: 320, height: 256 } },
      content: {
        kind: 'edit',
        project: projectJson(project),
        takes: [{ takeId: takeOneId, framesPath }],
        media: [],
        sounds: [],
      },
      ...fields,
    };
  }
  const program = (name: string, script: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const left = (into = folder): string[] => readdirSync(into).filter((name) => /^\.sluice|^edit-/.test(name));

  it('runs in its own thread and gives every frame at another size and rate', async () => {
    const order = await job({ range: { inFrame: 0, outFrame: 24 }, frameRate: { num: 12, den: 1 } });
    const shares: number[] = [];
    await exportInThread(entry, order, never, ({ share }) => shares.push(share));
    const probed = spawnSync(ffmpegPath, ['-i', order.target.path, '-map', '0:v', '-f', 'null', '-'], {
      encoding: 'utf8',
    });
    expect(probed.stderr).toMatch(/320x256.*12 fps/);
    expect(probed.stderr).toMatch(/frame= +12 /);
    expect(shares.at(-1)).toBe(1);
    rmSync(order.target.path);
  });

  const loud = exportPresets.filter(({ sound }) => sound !== undefined);
  it.each(loud.map((preset) => [preset.id, preset] as const))(
    '%s carries the sound of the edit, in step',
    async (_, preset) => {
      const encoders = (await ffmpegCapabilities(ffmpegPath, never)).encoders;
      if (!encoders.has(preset.encoder)) return;
      const song = mediaSchema.parse({
        ...{ id: 'media-song', kind: 'audio', name: 'Click', sha256: hashOf('d'), pathHint: '' },
        ...{ frames: 48_000, frameRate: { num: 48_000, den: 1 } },
      });
      // A second of silence with a click in its middle.
      const samples = new Int16Array(2 * 48_000);
      samples.fill(20_000, 2 * 24_000, 2 * 24_480);
      const file = path.join(folder, 'click.pcm');
      writeFileSync(file, new Uint8Array(samples.buffer));
      const project = addClips(addMedia(timeline(boatClip('a')), { media: [song] }).project, {
        clips: [boatClip('s', { trackId: audio, inFrame: 0, source: { kind: 'media', mediaId: song.id } })],
      }).project;
      const takes = [{ takeId: takeOneId, framesPath }];
      const content = {
        kind: 'edit' as const,
        project: projectJson(project),
        takes,
        media: [],
        sounds: [{ mediaId: song.id, file }],
      };
      const target = await prepareOutput(path.join(folder, `edit-${made++}.${preset.extension}`), 'file', false);
      const range = { inFrame: 0, outFrame: 24 };
      await exportInThread(
        entry,
        { ...(await job({ content, range })), preset: preset.id, target },
        never,
        () => undefined,
      );
      const decoded = spawnSync(ffmpegPath, [
        '-i',
        target.path,
        '-map',
        '0:a',
        '-ar',
        '48000',
        '-ac',
        '1',
        '-f',
        's16le',
        'pipe:1',
      ]);
      const heard = new Int16Array(
        decoded.stdout.buffer.slice(decoded.stdout.byteOffset, decoded.stdout.byteOffset + decoded.stdout.length),
      );
      const click = heard.findIndex((value) => Math.abs(value) > 8000);
      // Within a third of a frame.
      expect(Math.abs(click / 48_000 - 0.5)).toBeLessThan(0.014);
      rmSync(target.path);
    },
  );

  it('cancelled half-way, leaves nothing', async () => {
    const controller = new AbortController();
    const ended = exportInThread(entry, await job(), controller.signal, ({ frames }) => {
      if (frames > 0) controller.abort();
    });
    await expect(ended).rejects.toSatisfy(isCancellation);
    expect(left()).toEqual([]);
  });

  it('with an ffmpeg that is killed, leaves nothing and says so', async () => {
    const mortal = program('mortal-ffmpeg', `(sleep 0.5; kill -9 $$) &\nexec '${ffmpegPath}' "$@"`);
    const ended = exportInThread(entry, await job({ ffmpegPath: mortal }), never, () => undefined);
    await expect(ended).rejects.toMatchObject({ code: 'ffmpeg-failed', details: { ending: 'SIGKILL' } });
    expect(left()).toEqual([]);
  });

  it('whose folder vanishes before the file gets its name, says which', async () => {
    const into = path.join(folder, 'vanishing');
    mkdirSync(into);
    const careless = program(
      'careless-ffmpeg',
      `'${ffmpegPath}' "$@"; ended=$?\ncase "$*" in *.partial*) rm -r '${into}' ;; esac\nexit $ended`,
    );
    const order = await job({ ffmpegPath: careless, range: { inFrame: 0, outFrame: 24 } }, into);
    const ended = exportInThread(entry, order, never, () => undefined);
    await expect(ended).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(into) as string,
    });
    expect(existsSync(into)).toBe(false);
  });

  it('whose frames are gone, fails as a whole', async () => {
    const project = timeline(boatClip('a'));
    const content = {
      kind: 'edit' as const,
      project: projectJson(project),
      takes: [{ takeId: takeOneId, framesPath: path.join(folder, 'none') }],
      media: [],
      sounds: [],
    };
    const order = await job({ content, range: { inFrame: 0, outFrame: 24 } });
    await expect(exportInThread(entry, order, never, () => undefined)).rejects.toMatchObject({
      code: 'artifact-missing',
    });
    expect(left()).toEqual([]);
  });

  it('that meets a full disk, says so and leaves nothing', async ({ skip }) => {
    const into = path.join(folder, 'small');
    mkdirSync(into);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', into]);
    if (mounted.status !== 0) skip('not run: only root can mount a small disk');
    try {
      // Noise does not compress: what is kept of it fills the disk.
      const order = await job({ preset: 'png-sequence', range: { inFrame: 0, outFrame: 600 } }, into);
      const target = await prepareOutput(path.join(into, 'pictures'), 'folder', false);
      await expect(exportInThread(entry, { ...order, target }, never, () => undefined)).rejects.toMatchObject({
        code: 'disk-full',
      });
      expect(readdirSync(into)).toEqual([]);
    } finally {
      spawnSync('umount', [into]);
    }
  });

  it('whose thread dies, leaves nothing', async () => {
    const broken = path.join(folder, 'broken-thread.mjs');
    writeFileSync(broken, 'setTimeout(() => { throw new Error("gone"); }, 100);');
    await expect(exportInThread(broken, await job(), never, () => undefined)).rejects.toMatchObject({
      code: 'internal',
    });
    expect(left()).toEqual([]);
    expect(readFileSync(framesPath).length).toBeGreaterThan(0);
  });
});
