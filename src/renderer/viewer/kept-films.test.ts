// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Clip } from '#shared/project/clip';
import { setDissolve } from '#shared/project/edits/dissolve';
import { addClips } from '#shared/project/edits/place-clips';
import { addTrack } from '#shared/project/edits/tracks';
import { trackIdSchema } from '#shared/project/ids';
import { newProject, type Project } from '#shared/project/project';
import { base, boatClip, clipId, emptyTimeline, hashOf, takeOneId, upper } from '#shared/project/project.test-fixtures';
import { paintScene } from './paint-scene';
import type { Scene } from './scene';

const size = newProject({ id: emptyTimeline().id, title: 'Size', tracks: [] }).size;

interface Playing {
  seeks: number;
  isPlaying: boolean;
  sec: number;
}

/** The films of a test, in the order in which they were opened. */
const opened = new Map<HTMLMediaElement, Playing>();
let tests = 0;

/** As a browser has them, which jsdom has not: a film that is looked at has loaded, it plays, and every seek is counted. */
beforeAll(() => {
  const at = (film: HTMLMediaElement): Playing => {
    const known = opened.get(film) ?? { seeks: 0, isPlaying: false, sec: 0 };
    opened.set(film, known);
    return known;
  };
  Object.defineProperties(HTMLMediaElement.prototype, {
    readyState: { get: () => HTMLMediaElement.HAVE_ENOUGH_DATA },
    paused: { get: fromThis((film) => !at(film).isPlaying) },
    currentTime: {
      get: fromThis((film) => at(film).sec),
      set: fromThis((film, sec: number) => Object.assign(at(film), { sec, seeks: at(film).seeks + 1 })),
    },
    play: { value: fromThis((film) => Promise.resolve(Object.assign(at(film), { isPlaying: true }))) },
    pause: { value: fromThis((film) => Object.assign(opened.get(film) ?? {}, { isPlaying: false })) },
    load: { value: () => undefined },
  });
});

function fromThis<Given extends unknown[]>(act: (film: HTMLMediaElement, ...given: Given) => unknown) {
  return function (this: HTMLMediaElement, ...given: Given): unknown {
    return act(this, ...given);
  };
}

beforeEach(() => {
  opened.clear();
  tests += 1;
});

const timeline = (...clips: readonly Clip[]): Project => addClips(emptyTimeline(), { clips }).project;

/** Plays a project of one take, 24 frames a second. Its highest stage is too large for a sheet. Gives the films drawn for each frame. */
function play(project: Project, frames: number): readonly (readonly unknown[])[] {
  const key = hashOf(String(tests));
  const shown = { key, frames: 128, ...size, fps: 24, framesSha256: key, sizeBytes: 1 };
  const ladder = { stages: [{ stage: base, state: { kind: 'done' as const }, key, shown, diskBytes: 1 }] };
  const scene: Omit<Scene, 'playhead'> = {
    ...{ project, rate: 1, scale: 'fit', stage: undefined },
    ...{ previews: new Map(), standings: new Map(), ladders: new Map([[takeOneId, ladder]]) },
  };
  return Array.from({ length: frames }, (_, playhead) => {
    const drawn: unknown[] = [];
    paintScene(canvasContext(drawn), { ...size, ratio: 1 }, { ...scene, playhead }, () => undefined);
    for (const film of opened.values()) if (film.isPlaying) film.sec += 1 / 24;
    return drawn;
  });
}

/** As much of a context as painting a scene takes; jsdom has none. */
function canvasContext(drawn: unknown[]): CanvasRenderingContext2D {
  const nothing = () => undefined;
  const passive = ['save', 'restore', 'setTransform', 'fillRect', 'translate', 'scale'];
  return {
    ...Object.fromEntries(passive.map((name) => [name, nothing])),
    canvas: document.createElement('canvas'),
    getTransform: () => ({ a: 1, d: 1, e: 0, f: 0 }),
    drawImage: (picture: unknown) => drawn.push(picture),
  } as unknown as CanvasRenderingContext2D;
}

const seeks = () => [...opened.values()].map((film) => film.seeks);

test('both sides of a dissolve play through it, each from a film of its own with one seek to begin', () => {
  const clips = [boatClip('a', { lengthFrames: 40, inFrame: 80 }), boatClip('b', { startFrame: 40, lengthFrames: 40 })];
  const project = setDissolve(timeline(...clips), { clipId: clipId('b'), frames: 20, by: 'ripple' }).project;
  const drawn = play(project, 60);
  expect(seeks()).toEqual([1, 1]);
  expect(drawn[30]).toEqual([...opened.keys()]);
});

test('so do clips over one another', () => {
  play(timeline(boatClip('a'), boatClip('b', { trackId: upper, inFrame: 90 })), 24);
  expect(seeks()).toEqual([1, 1]);
});

test('a clip that was split plays over the cut from one film, without a seek', () => {
  play(timeline(boatClip('a', { inFrame: 24 }), boatClip('b', { startFrame: 24, inFrame: 48 })), 48);
  expect(seeks()).toEqual([1]);
});

test('a frame of many layers keeps all their films, one of few layers lets go of most', () => {
  const ids = Array.from({ length: 7 }, (_, at) => trackIdSchema.parse(`track-x${at}`));
  const empty = ids.reduce(
    (made, id) => addTrack(made, { track: { id, kind: 'video', name: id, muted: false, locked: false } }).project,
    emptyTimeline(),
  );
  const clips = ids.map((trackId, at) => boatClip(`x${at}`, { trackId, inFrame: 12 * (at + 1) }));
  const last = boatClip('last', { startFrame: 24, inFrame: 0 });
  play(addClips(empty, { clips: [...clips, last] }).project, 26);
  expect(seeks().slice(0, -1)).toEqual([1, 1, 1, 1, 1, 1]);
  expect([...opened.keys()].filter((film) => film.hasAttribute('src')).length).toBe(4);
});
