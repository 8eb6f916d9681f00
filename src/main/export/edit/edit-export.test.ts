import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFrameFile } from '#frames/writer';
import { isCancellation } from '#shared/errors';
import type { Project } from '#shared/project/project';
import { projectJson } from '#shared/project/project';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { setDissolve } from '#shared/project/edits/dissolve';
import { addClips } from '#shared/project/edits/place-clips';
import { addMedia, changeProject } from '#shared/project/edits/media';
import { changeTrack } from '#shared/project/edits/tracks';
import { mediaSchema } from '#shared/project/media';
import {
  audio,
  boatClip,
  clipId,
  emptyTimeline,
  hashOf,
  takeOneId,
  upper,
  video,
} from '#shared/project/project.test-fixtures';
import { ffmpegCapabilities } from '../../media/ffmpeg-capabilities';
import { needFfmpeg, never, scratchFolder } from '../../media/ffmpeg.test-support';
import { prepareOutput } from '../output-target';
import { exportPresets } from '../presets';
import type { ExportJob } from '../worker/contract';
import { exportInThread } from '../worker/export-thread';
import { stagePictures } from './clip-pictures';
import { EditFrames } from './edit-frames';

const folder = scratchFolder();
const framesPath = path.join(folder, 'take.frames');
const size = { height: 8, width: 10 };
/** A take of 32 frames, of which frame k is grey with the value 4k. */
const greyOf = (frame: number): number => 4 * frame;

beforeAll(async () => {
  const writer = await createFrameFile(framesPath, { frames: 32, ...size, fps: 6 });
  for (let frame = 0; frame < 32; frame += 1) await writer.write(new Uint8Array(240).fill(greyOf(frame)));
  await writer.finish();
});

/** The shot has 128 frames, so each of the take's stands for four. */
function timeline(...clips: ReturnType<typeof boatClip>[]): Project {
  const project = changeProject(emptyTimeline(), { size }).project;
  return addClips(project, { clips }).project;
}

const open = () => stagePictures(framesPath, size);

/** The first value of every frame; all values of a frame are equal here. */
async function greys(project: Project, inFrame: number, outFrame: number): Promise<number[]> {
  const source = new EditFrames(project, { inFrame, outFrame }, open);
  try {
    const rgb = await source.read(0, outFrame - inFrame);
    return Array.from({ length: outFrame - inFrame }, (_, frame) => rgb[frame * 240] ?? -1);
  } finally {
    await source.close();
  }
}

describe('the frames of an edit', () => {
  it('show trims, gaps and speed by the project’s own arithmetic', async () => {
    const project = timeline(
      boatClip('a', { lengthFrames: 6, inFrame: 10 }),
      boatClip('b', { startFrame: 8, lengthFrames: 4, inFrame: 40, speed: { num: 4, den: 1 } }),
    );
    expect(await greys(project, 0, 13)).toEqual([
      ...[2, 2, 3, 3, 3, 3].map(greyOf),
      ...[0, 0],
      ...[10, 11, 12, 13].map(greyOf),
      0,
    ]);
  });

  it('dissolve, fade, and stack tracks from the bottom up', async () => {
    const two = timeline(
      boatClip('a', { lengthFrames: 8, inFrame: 40 }),
      boatClip('b', { startFrame: 8, inFrame: 100 }),
    );
    const dissolving = setDissolve(two, { clipId: clipId('b'), frames: 3, by: 'ripple' }).project;
    expect((await greys(dissolving, 5, 8)).map((grey) => grey > 40 && grey < 104)).toEqual([true, true, true]);
    const faded = setFade(timeline(boatClip('a', { inFrame: 100 })), { clipId: clipId('a'), fadeInFrames: 3 }).project;
    expect(await greys(faded, 0, 4)).toEqual([25, 50, 75, 100]);
    const over = boatClip('over', { trackId: upper, inFrame: 0 });
    const stacked = timeline(boatClip('a', { inFrame: 100 }), over);
    expect((await greys(stacked, 0, 1))[0]).toBe(0);
    const half = setLevels(stacked, { clipIds: [clipId('over')], opacity: 0.5 }).project;
    expect((await greys(half, 0, 1))[0]).toBe(50);
    expect((await greys(changeTrack(half, { trackId: upper, muted: true }).project, 0, 1))[0]).toBe(100);
    expect((await greys(changeTrack(half, { trackId: video, muted: true }).project, 0, 1))[0]).toBe(0);
  });

  it('hold only what is shown: clips are opened as they come and closed when they are over', async () => {
    let [opened, most] = [0, 0];
    const clips = Array.from({ length: 12 }, (_, i) => boatClip(`c${i}`, { startFrame: i * 4, lengthFrames: 4 }));
    const source = new EditFrames(timeline(...clips), { inFrame: 0, outFrame: 48 }, async () => {
      most = Math.max(most, (opened += 1));
      const pictures = await open();
      return {
        at: (frame, frames) => pictures.at(frame, frames),
        close: () => pictures.close().finally(() => (opened -= 1)),
      };
    });
    await source.read(0, 48);
    expect([opened, most]).toEqual([1, 1]);
    await source.close();
    expect(opened).toBe(0);
  });

  it('read each side of a dissolve of one take once, in order, whatever the other side shows of it', async () => {
    const asked = new Map<string, number[]>();
    let opened = 0;
    const project = setDissolve(
      timeline(boatClip('a', { lengthFrames: 40, inFrame: 80 }), boatClip('b', { startFrame: 40, lengthFrames: 40 })),
      { clipId: clipId('b'), frames: 20, by: 'ripple' },
    ).project;
    const source = new EditFrames(project, { inFrame: 0, outFrame: 60 }, async ({ id }) => {
      opened += 1;
      const [pictures, frames] = [await open(), new Array<number>()];
      asked.set(id, frames);
      const at = (frame: number, of: number) => (frames.push(frame), pictures.at(frame, of));
      return { at, close: () => pictures.close() };
    });
    await source.read(0, 60);
    await source.close();
    expect(opened).toBe(2);
    const from = (first: number) => Array.from({ length: 40 }, (_, frame) => first + frame);
    expect([asked.get(clipId('a')), asked.get(clipId('b'))]).toEqual([from(80), from(24)]);
  });
});

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
