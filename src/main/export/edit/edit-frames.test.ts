import { describe, expect, it } from 'vitest';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { setDissolve } from '#shared/project/edits/dissolve';
import { changeTrack } from '#shared/project/edits/tracks';
import type { Project } from '#shared/project/project';
import { boatClip, clipId, upper, video } from '#shared/project/project.test-fixtures';
import { scratchFolder } from '../../media/ffmpeg.test-support';
import { stagePictures } from './clip-pictures';
import { greyOf, size, timeline, useTake } from './edit-export.test-support';
import { EditFrames } from './edit-frames';

const framesPath = useTake(scratchFolder());
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
