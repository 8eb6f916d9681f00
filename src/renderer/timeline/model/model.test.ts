import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endFrame } from '#shared/project/clip';
import { moveClips } from '#shared/project/edits/move-clips';
import { clipsOfTrack } from '#shared/project/order';
import { boatClip, busyTimeline, clipId, largeProject, video, withClips } from '#shared/project/project.test-fixtures';
import { hitTest } from './hit-test';
import { clipAt, clipsBetween } from '#shared/project/in-sight';
import { lengthFrames, nextCut } from './project-length';
import { rowAt, rowsOf, videoRowPixels } from './rows';
import { ticks, timecode } from './ruler';
import { fitting, frameAt, mostPixelsPerFrame, revealing, xOf, zoomedAt } from './scale';
import { clicked, clipsWithin, extendedBy, nothingSelected, pruned } from './selection';
import { snapOf, snapTargets } from './snapping';

const scales = fc.record({
  pixelsPerFrame: fc.double({ min: 0.001, max: mostPixelsPerFrame, noNaN: true }),
  leftFrame: fc.double({ min: 0, max: 1e6, noNaN: true }),
});
const film = { num: 24, den: 1 };

describe('scale', () => {
  test('pixels and frames are each other’s way back', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: -500, max: 4000, noNaN: true }), (scale, x) => {
        expect(xOf(scale, frameAt(scale, x))).toBeCloseTo(x, 3);
      }),
    );
  });

  test('zooming keeps the moment under the pointer', () => {
    const scale = { pixelsPerFrame: 2, leftFrame: 1000 };
    const zoomed = zoomedAt(scale, 3, 250);
    expect(frameAt(zoomed, 250)).toBeCloseTo(frameAt(scale, 250), 9);
    expect(zoomed.pixelsPerFrame).toBe(6);
    expect(zoomedAt(scale, 1e9, 250).pixelsPerFrame).toBe(mostPixelsPerFrame);
    expect(zoomedAt({ pixelsPerFrame: 2, leftFrame: 0 }, 0.5, 250).leftFrame).toBe(0);
  });

  test('fitting shows the whole, revealing scrolls only where it must', () => {
    expect(xOf(fitting(480, 1000), 480)).toBeCloseTo(850);
    const scale = { pixelsPerFrame: 2, leftFrame: 100 };
    expect(revealing(scale, 300, 1000)).toBe(scale);
    expect(xOf(revealing(scale, 5000, 1000), 5000)).toBeCloseTo(900);
  });
});

describe('ruler', () => {
  test('labels never crowd and lie on whole seconds or divisors of one', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        const major = ticks(scale, 1200, film).filter((tick) => tick.isMajor);
        for (const [at, tick] of major.entries()) {
          const next = major[at + 1];
          if (next !== undefined) expect(next.x - tick.x).toBeGreaterThanOrEqual(91.9);
        }
        expect(ticks(scale, 1200, film).length).toBeLessThan(400);
      }),
    );
  });

  test.each([
    [0, '00:00:00'],
    [47.9, '00:01:23'],
    [24 * 3600 + 5, '01:00:00:05'],
  ])('frame %f is %s', (frame, text) => expect(timecode(frame, film)).toBe(text));
});

describe('what is in sight', () => {
  const project = largeProject(1000, 2);
  const clips = clipsOfTrack(project, [...project.clips.values()][0]!.trackId);

  test('equals what a look at every clip finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 16_000 }), fc.integer({ min: 1, max: 900 }), (from, length) => {
        const plain = clips.filter((clip) => endFrame(clip) > from && clip.startFrame < from + length);
        expect(clipsBetween(clips, from, from + length)).toEqual(plain);
      }),
    );
  });

  test('of two clips that dissolve the later one lies on top; a gap has none', () => {
    const a = boatClip('a', { lengthFrames: 30 });
    const b = boatClip('b', { startFrame: 24, dissolveInFrames: 6 });
    expect(clipAt([a, b], 25)?.id).toBe(b.id);
    expect(clipAt([a, b], 48)).toBeUndefined();
  });
});

describe('hit testing', () => {
  const project = busyTimeline();
  const rows = rowsOf(project);
  const scale = { pixelsPerFrame: 10, leftFrame: 0 };
  const row = rows.find(({ track }) => track.id === video)!;
  const at = (x: number) => hitTest(project, rows, scale, x, row.top + 5);

  test('the topmost track is the first row', () => {
    expect(rows.map(({ track }) => track.name)).toEqual(['V2', 'V1', 'A1']);
    expect(rowAt(rows, videoRowPixels + 1)).toBe(row);
  });

  test('finds bodies, edges, cuts and gaps', () => {
    expect(at(120)).toMatchObject({ kind: 'clip', clip: { id: clipId('a') } });
    expect(at(238)).toMatchObject({ kind: 'edge', edge: 'end', isCut: true, clip: { id: clipId('a') } });
    expect(at(242)).toMatchObject({ kind: 'edge', edge: 'start', isCut: true, clip: { id: clipId('b') } });
    expect(at(958)).toMatchObject({ kind: 'edge', edge: 'end', isCut: false });
    expect(at(1100)).toMatchObject({ kind: 'gap', gap: { fromFrame: 96, toFrame: 120 } });
    expect(at(9000)).toMatchObject({ kind: 'empty' });
    expect(at(1198)).toMatchObject({ kind: 'edge', edge: 'start', isCut: false, clip: { id: clipId('e') } });
    expect(hitTest(project, rows, scale, 5, 9999)).toEqual({ kind: 'empty', row: undefined });
  });

  test('a clip of a few pixels can still be moved', () => {
    const tiny = { pixelsPerFrame: 0.3, leftFrame: 0 };
    expect(hitTest(project, rows, tiny, 3.6, row.top + 5)).toMatchObject({ kind: 'clip' });
  });
});

describe('snapping', () => {
  test('clings to the nearest target within reach and to nothing beyond', () => {
    const targets = [0, 24, 100];
    expect(snapOf([22, 97], targets, 5)).toEqual({ byFrames: 2, atFrame: 24 });
    expect(snapOf([60], targets, 5)).toBeUndefined();
    expect(snapOf([60], [], 500)).toBeUndefined();
  });

  test('targets are cuts, markers and the playhead, without the edges of what moves', () => {
    const project = busyTimeline();
    expect(snapTargets(project, 77, new Set([clipId('e')]))).toEqual([0, 10, 24, 48, 72, 77, 96]);
  });
});

describe('selection', () => {
  const project = withClips('a', 'b', 'c', 'd');
  const clip = (name: string) => project.clips.get(clipId(name))!;

  test('clicks replace, toggle and extend', () => {
    const one = clicked(project, nothingSelected, clip('a'), 'replace');
    expect([...clicked(project, one, clip('c'), 'extend')].sort()).toEqual(['a', 'b', 'c'].map(clipId));
    expect([...clicked(project, one, clip('b'), 'toggle')]).toEqual(['a', 'b'].map(clipId));
    expect(clicked(project, one, clip('a'), 'toggle').size).toBe(0);
  });

  test('keys extend it away from where they began, and take back on the way back', () => {
    const ids = ['a', 'b', 'c', 'd'].map(clipId);
    const along = (selection: ReadonlySet<ReturnType<typeof clipId>>, from: string, to: string) =>
      extendedBy(selection, ids, { anchor: clipId('b'), from: clipId(from), to: clipId(to) });
    const right = along(along(new Set([clipId('b')]), 'b', 'c'), 'c', 'd');
    expect([...right]).toEqual(['b', 'c', 'd'].map(clipId));
    const back = along(along(right, 'd', 'c'), 'c', 'b');
    expect([...back]).toEqual([clipId('b')]);
    expect([...along(back, 'b', 'a')].sort()).toEqual(['a', 'b'].map(clipId));
  });

  test('an area selects what it touches', () => {
    const rows = rowsOf(project);
    const row = rows.find(({ track }) => track.id === video)!;
    const area = { fromFrame: 30, toFrame: 50, fromY: row.top + 1, toY: row.top + 2 };
    expect(clipsWithin(project, rows, area)).toEqual(['b', 'c'].map(clipId));
    const locked = rows.map((each) => ({ ...each, track: { ...each.track, locked: true } }));
    expect(clipsWithin(project, locked, area)).toEqual([]);
  });

  test('forgets clips that are gone and stays the same where none are', () => {
    const both = new Set([clipId('a'), clipId('gone')]);
    expect([...pruned(project, both)]).toEqual([clipId('a')]);
    const kept = new Set([clipId('a')]);
    expect(pruned(project, kept)).toBe(kept);
  });
});

test('the next cut goes from edge to edge and stops at the ends', () => {
  const project = moveClips(withClips('a', 'b'), { clipIds: [clipId('b')], byFrames: 6 }).project;
  expect(lengthFrames(project)).toBe(54);
  expect([0, 24, 30, 54].map((frame) => nextCut(project, frame, 1))).toEqual([24, 30, 54, 54]);
  expect([54, 30, 24, 0].map((frame) => nextCut(project, frame, -1))).toEqual([30, 24, 0, 0]);
});
