import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkProject } from '#shared/project/check';
import { endFrame } from '#shared/project/clip';
import { asEdit } from '#shared/project/edit';
import { applyPatches } from '#shared/project/patch';
import type { Project } from '#shared/project/project';
import { busyTimeline, clipId, video, withClips } from '#shared/project/project.test-fixtures';
import { hitTest } from '../model/hit-test';
import { rowsOf } from '../model/rows';
import { frameAt } from '../model/scale';
import { nothingSelected, type Selection } from '../model/selection';
import { snapTargets } from '../model/snapping';
import { levelPixels, levelY } from '../model/handles';
import { overviewOf } from '../model/overview';
import { mostRowPixels } from '../model/rows';
import { arranging } from './arrange';
import { gestureFor, tools, type Keys } from './choose';
import type { Gesture, PointerAt, Scene } from './gesture';
import { levelling } from './level';
import { movingMarker } from './move-marker';
import { panning } from './pan';
import { idle, pointerMoved, pressed, released, shownBy } from './press';
import { heightening } from './row-height';
import { scrubbing } from './scrub';
import { widening } from './widen';
import { zooming } from './zoom';

const noKeys: Keys = { shift: false, mod: false, alt: false };
const scale = { pixelsPerFrame: 10, leftFrame: 0 };

function sceneOf(project: Project, selection: Selection = nothingSelected, snaps = false): Scene {
  const targets = snaps ? snapTargets(project, 0, selection) : [];
  return { project, rows: rowsOf(project), scale, selection, targets };
}
function pointer(x: number, y = 65, isFree = false): PointerAt {
  return { x, y, frame: frameAt(scale, x), isFree };
}
/** A press at `from` dragged through the others. */
function drag(scene: Scene, points: readonly PointerAt[], tool: (typeof tools)[number] = 'select', keys = noKeys) {
  const [from, ...rest] = points;
  if (from === undefined) throw new Error('a drag needs a beginning');
  const hit = hitTest(scene.project, scene.rows, scene.scale, from.x, from.y);
  const gesture = gestureFor(scene, hit, tool, keys, from);
  const press = rest.reduce(pointerMoved, pressed(from, gesture, { kind: 'nothing' }));
  return { press, outcome: released(press), shows: shownBy(press) };
}
function edited(outcome: Gesture['outcome']): Project {
  if (outcome.kind !== 'edit') throw new Error(`expected an edit, not ${outcome.kind}`);
  return outcome.change.project;
}
const clip = (project: Project, name: string) => project.clips.get(clipId(name))!;

describe('move', () => {
  test('drags a clip by whole frames and ends in one edit named move-clips', () => {
    const project = withClips('a', 'b');
    const { outcome } = drag(sceneOf(project), [pointer(360), pointer(400), pointer(484)]);
    expect(clip(edited(outcome), 'b').startFrame).toBe(36);
    expect(outcome).toMatchObject({ change: { label: 'move-clips' } });
  });

  test('clings to a cut within reach, unless told not to', () => {
    const coarse = { pixelsPerFrame: 5, leftFrame: 0 };
    const at = (x: number, isFree = false) => ({ x, y: 65, frame: frameAt(coarse, x), isFree });
    const scene = { ...sceneOf(busyTimeline(), new Set([clipId('e')]), true), scale: coarse };
    const near = drag(scene, [at(650), at(533)]);
    expect(clip(edited(near.outcome), 'e').startFrame).toBe(96);
    expect(near.shows.snappedAt).toBe(96);
    const free = drag(scene, [at(650), at(533, true)]);
    expect(clip(edited(free.outcome), 'e').startFrame).toBe(97);
  });

  test('stops at what lies in the way, and jumps over it where there is room behind', () => {
    const project = busyTimeline();
    const scene = sceneOf(project, new Set([clipId('a')]));
    expect(drag(scene, [pointer(120), pointer(480)]).outcome).toEqual({ kind: 'nothing' });
    const over = drag(scene, [pointer(120), pointer(480), pointer(1700)]);
    expect(clip(edited(over.outcome), 'a').startFrame).toBe(158);
    const before = drag(sceneOf(project, new Set([clipId('e')])), [pointer(1300), pointer(400)]);
    expect(clip(edited(before.outcome), 'e').startFrame).toBe(96);
  });

  test('to the track above, and never into one of sound', () => {
    const project = withClips('a');
    const up = drag(sceneOf(project), [pointer(120), pointer(120, 5), pointer(170, 5)]);
    expect(clip(edited(up.outcome), 'a')).toMatchObject({ trackId: 'track-v2', startFrame: 5 });
    const down = drag(sceneOf(project), [pointer(120), pointer(170, 130)]);
    expect(clip(edited(down.outcome), 'a')).toMatchObject({ trackId: video, startFrame: 5 });
  });
});

describe('edges', () => {
  const project = withClips('a', 'b', 'c');

  test('trim leaves a gap, ripple closes it', () => {
    const plain = edited(drag(sceneOf(project), [pointer(479), pointer(440)]).outcome);
    expect([clip(plain, 'b').lengthFrames, clip(plain, 'c').startFrame]).toEqual([20, 48]);
    const ripple = edited(drag(sceneOf(project), [pointer(479), pointer(440)], 'ripple').outcome);
    expect([clip(ripple, 'b').lengthFrames, clip(ripple, 'c').startFrame]).toEqual([20, 44]);
  });

  test('a trim stops at one frame, and at the last frame of the source', () => {
    const short = edited(drag(sceneOf(project), [pointer(719), pointer(100)]).outcome);
    expect(clip(short, 'c').lengthFrames).toBe(1);
    const long = edited(drag(sceneOf(project), [pointer(719), pointer(9000)]).outcome);
    expect(clip(long, 'c').lengthFrames).toBe(104);
  });

  test('roll moves the cut from either side of it', () => {
    for (const x of [478, 482]) {
      const rolled = edited(drag(sceneOf(project), [pointer(x), pointer(x + 50)], 'roll').outcome);
      expect([clip(rolled, 'b').lengthFrames, clip(rolled, 'c').startFrame]).toEqual([29, 53]);
      expect(endFrame(clip(rolled, 'c'))).toBe(72);
    }
  });

  test('slip shows later frames as the hand goes left, up to the end of the source', () => {
    const left = edited(drag(sceneOf(project), [pointer(360), pointer(310)], 'slip').outcome);
    expect(clip(left, 'b')).toMatchObject({ inFrame: 29, startFrame: 24, lengthFrames: 24 });
    const far = edited(drag(sceneOf(project), [pointer(360), pointer(-5000)], 'slip').outcome);
    expect(clip(far, 'b').inFrame).toBe(104);
  });

  test('slide moves a clip while one neighbour gives way and the other follows', () => {
    const slid = edited(drag(sceneOf(project), [pointer(360), pointer(410)], 'slide').outcome);
    expect([clip(slid, 'a').lengthFrames, clip(slid, 'b').startFrame, clip(slid, 'c').startFrame]).toEqual([
      29, 29, 53,
    ]);
    expect(endFrame(clip(slid, 'c'))).toBe(72);
  });

  test('stretch plays the same frames in another time', () => {
    const stretched = drag(sceneOf(project), [pointer(719), pointer(959)], 'stretch');
    expect(clip(edited(stretched.outcome), 'c')).toMatchObject({ lengthFrames: 48, inFrame: 24 });
    expect(stretched.shows.readout).toEqual({ kind: 'speed', share: 0.5 });
  });

  test('nothing on a locked track can be dragged', () => {
    const locked = {
      ...project,
      tracks: new Map(project.tracks).set(video, { ...project.tracks.get(video)!, locked: true }),
    };
    expect(drag(sceneOf(locked), [pointer(360), pointer(900)]).outcome).toEqual({ kind: 'nothing' });
  });
});

describe('handles', () => {
  const project = withClips('a', 'b');
  /** The strip with the name is at the top of the row. */
  const top = 68;

  test('the free corner of a clip fades, by as long as it has room for', () => {
    const fade = drag(sceneOf(project), [pointer(471, top), pointer(421, top)]);
    expect(clip(edited(fade.outcome), 'b')).toMatchObject({ fadeOutFrames: 5, lengthFrames: 24 });
    expect(fade.shows.readout).toEqual({ kind: 'fade', frames: 5 });
    const long = drag(sceneOf(project), [pointer(9, top), pointer(900, top)]);
    expect(clip(edited(long.outcome), 'a').fadeInFrames).toBe(24);
  });

  test('a corner at a cut dissolves: to both sides of it where both have more to show, else what follows moves up', () => {
    const both = drag(sceneOf(project), [pointer(249, top), pointer(289, top)]);
    const dissolved = edited(both.outcome);
    expect(clip(dissolved, 'b')).toMatchObject({ startFrame: 20, dissolveInFrames: 8 });
    expect(endFrame(clip(dissolved, 'a'))).toBe(28);
    expect(both.shows.readout).toEqual({ kind: 'dissolve', frames: 8 });
    const ripple = edited(
      drag(sceneOf(project), [pointer(249, top), pointer(289, top)], 'select', { ...noKeys, mod: true }).outcome,
    );
    expect(clip(ripple, 'b')).toMatchObject({ startFrame: 20, dissolveInFrames: 4 });
    expect(endFrame(clip(ripple, 'a'))).toBe(24);
  });

  test('the line across the selected clip is its opacity', () => {
    const scene = sceneOf(project, new Set([clipId('a')]));
    const row = scene.rows.find(({ track }) => track.id === video)!;
    const y = levelY(clip(project, 'a'), row)!;
    const at = { ...pointer(120, y) };
    const gesture = levelling(scene, at, clip(project, 'a'), row).moved({ ...at, y: y + levelPixels(row.height) / 2 });
    expect(gesture.shows.readout).toEqual({ kind: 'opacity', share: 0.5 });
    if (gesture.outcome.kind !== 'edit') throw new Error('expected an edit');
    expect(clip(gesture.outcome.change.project, 'a').opacity).toBe(0.5);
    expect(gesture.moved(at).outcome).toEqual({ kind: 'nothing' });
  });
});

describe('tracks, markers and the overview', () => {
  const project = busyTimeline();

  test('a track dragged over another takes its place; dragged nowhere it makes no edit', () => {
    const scene = sceneOf(project);
    const [top, middle] = scene.rows.map(({ track }) => track.id);
    const gesture = arranging(scene, pointer(0, 5), top!);
    expect(gesture.outcome).toEqual({ kind: 'nothing' });
    expect(
      edited(gesture.moved(pointer(0, 100)).outcome)
        .trackOrder.toReversed()
        .slice(0, 2),
    ).toEqual([middle, top]);
  });

  test('a marker is moved by whole frames and clings to a cut', () => {
    const scene = sceneOf(project, nothingSelected, true);
    const [marker] = project.markers.values();
    const gesture = movingMarker(scene, pointer(100), marker!).moved(pointer(236));
    expect([...edited(gesture.outcome).markers.values()][0]?.frame).toBe(24);
  });

  test('a row gets as high as it is dragged, within what can be read', () => {
    const [row] = sceneOf(project).rows;
    const outcome = heightening(pointer(0, 60), row!).moved(pointer(0, 9000)).outcome;
    expect(outcome).toEqual({ kind: 'height', trackId: row!.track.id, pixels: mostRowPixels });
  });

  test('the window of the overview scrolls, and by an end it zooms while the other end stays', () => {
    const overview = overviewOf(1000, scale, 500);
    const scene = sceneOf(project);
    const panned = panning(scene, overview, pointer(10)).moved(pointer(60)).shows.scale!;
    expect(panned).toEqual({ pixelsPerFrame: 10, leftFrame: 110 });
    const end = ({ leftFrame, pixelsPerFrame }: typeof panned) => leftFrame + 500 / pixelsPerFrame;
    const wide = widening({ ...scene, scale: panned }, overview, 'start', pointer(50)).moved(pointer(25)).shows.scale!;
    expect(end(wide)).toBeCloseTo(end(panned));
    expect(wide.leftFrame).toBeCloseTo(55);
  });
});

describe('marquee, scrub and zoom', () => {
  const project = busyTimeline();

  test('a marquee selects what it touches, on top of what was where shift is held', () => {
    const scene = sceneOf(project, new Set([clipId('a')]));
    const alone = drag(scene, [pointer(1100), pointer(700, 70)]);
    expect(alone.outcome).toEqual({ kind: 'selection', selection: new Set(['c', 'd'].map(clipId)) });
    const added = drag(scene, [pointer(1100), pointer(800, 70)], 'select', { ...noKeys, shift: true });
    expect(added.outcome).toMatchObject({ selection: new Set(['a', 'd'].map(clipId)) });
    expect(alone.shows.marquee).toEqual({ left: 700, top: 65, width: 400, height: 5 });
  });

  test('a marquee keeps its first corner at its moment while the timeline scrolls under it', () => {
    const gesture = drag(sceneOf(project), [pointer(1100), pointer(700, 70)]).press;
    const scrolled = pointerMoved(gesture, { ...pointer(700, 70), frame: 30 });
    expect(shownBy(scrolled).marquee).toMatchObject({ left: 700, width: 800 });
    expect(released(scrolled)).toMatchObject({ selection: new Set(['b', 'c', 'd'].map(clipId)) });
  });

  test('the playhead follows at once and never before 0', () => {
    const gesture = scrubbing(sceneOf(project, nothingSelected, true), pointer(487));
    expect(gesture.outcome).toEqual({ kind: 'playhead', frame: 48 });
    expect(gesture.moved(pointer(-50)).outcome).toEqual({ kind: 'playhead', frame: 0 });
  });

  test('dragging up looks closer at the same moment', () => {
    const { shows } = zooming(sceneOf(project), pointer(200, 100)).moved(pointer(200, 20));
    expect(shows.scale?.pixelsPerFrame).toBeCloseTo(20);
    expect(frameAt(shows.scale!, 200)).toBeCloseTo(20);
  });
});

describe('any press', () => {
  test('below three pixels it is a click', () => {
    const scene = sceneOf(withClips('a'));
    const click = { kind: 'selection', selection: nothingSelected } as const;
    const press = pointerMoved(pressed(pointer(120), scrubbing(scene, pointer(120)), click), pointer(122));
    expect(released(press)).toBe(click);
  });

  test('forgotten, it brings nothing', () => {
    expect(released(idle)).toEqual({ kind: 'nothing' });
  });

  test('ends in at most one edit, which fits the project it began with and leaves it whole', () => {
    const x = fc.integer({ min: -200, max: 1800 });
    const y = fc.integer({ min: -20, max: 200 });
    const points = fc.array(fc.tuple(x, y), { minLength: 2, maxLength: 12 });
    const keys = fc.record({ shift: fc.boolean(), mod: fc.boolean(), alt: fc.boolean() });
    fc.assert(
      fc.property(points, fc.constantFrom(...tools), keys, fc.boolean(), (path, tool, held, snaps) => {
        const project = busyTimeline();
        const before = new Map(project.clips);
        const { outcome, shows } = drag(
          sceneOf(project, new Set([clipId('b')]), snaps),
          path.map(([px, py]) => pointer(px, py)),
          tool,
          held,
        );
        expect(project.clips).toEqual(before);
        if (outcome.kind !== 'edit') return;
        const edit = asEdit(outcome.change);
        if (edit === undefined) return;
        const after = applyPatches(project, edit.patches).project;
        expect(after).toEqual(shows.project);
        expect(checkProject(after)).toEqual([]);
        expect(applyPatches(after, outcome.change.inversePatches).project.clips).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});
