// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Transport } from '#shared/channel/transport';
import { packManifestSchema } from '#shared/pack-manifest';
import { base, boatClip, boatId, hashOf, takeOneId, withClips } from '#shared/project/project.test-fixtures';
import type { JobFacts } from '#shared/studio/jobs';
import { openApp } from '../app/open-app.test-support';
import { FakeMain, someJob } from '../studio/fake-main.test-port';
import { clipBeingMade, frameInRound } from './preview-loop';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
/** Of a preview: frames beside one another in its sheet, each of this width. */
const [frames, width, height] = [128, 4, 2];
let main: FakeMain;
let wantsLessMotion: boolean;
/** Frames of the preview that the viewer was seen to show, and the step that each was of. */
let painted: { readonly frame: number; readonly step: string | undefined }[];

beforeEach(() => {
  painted = [];
  wantsLessMotion = false;
  vi.stubGlobal('matchMedia', () => ({
    ...{ matches: wantsLessMotion, addEventListener() {}, removeEventListener() {} },
  }));
  // Of the canvases in the window only the viewer's has a size, and a context to paint on.
  HTMLCanvasElement.prototype.getBoundingClientRect = function () {
    return new DOMRect(0, 0, ...(isViewer(this) ? [320, 192] : [0, 0]));
  };
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: contextOf, configurable: true });
  main = new FakeMain(withClips('a'), manifest);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function isViewer(canvas: HTMLCanvasElement): boolean {
  return canvas.getAttribute('role') === 'img';
}

/** jsdom has no canvas: what is drawn of a sheet is noted, all else does nothing. */
function contextOf(this: HTMLCanvasElement): unknown {
  if (this.isConnected && !isViewer(this)) return null;
  const drawImage = (_: unknown, ...[left, , , , , , , down]: number[]): void => {
    if (isViewer(this) && left !== undefined && down !== undefined)
      painted.push({ frame: left / width, step: this.dataset['preview'] });
  };
  const known: Record<string, unknown> = {
    ...{ canvas: this, drawImage },
    getTransform: () => ({ a: 1, d: 1, e: 0, f: 0 }),
    createImageData: (across: number, down: number) => ({ data: new Uint8ClampedArray(across * down * 4) }),
  };
  return new Proxy(known, { get: (target, name) => target[String(name)] ?? (() => undefined), set: () => true });
}

/** Bytes that come through a port of Node's are none of jsdom's: they are given as its own. */
function openTransport(): Transport {
  const transport = main.transport();
  return { ...transport, onMessage: (listener) => transport.onMessage((message) => listener(withBytes(message))) };
}

function withBytes(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withBytes(member)]));
}

function sayPreview(step: number): void {
  const rgb = new Uint8Array(frames * height * width * 3);
  const target = { folder: '/projects/Test.sluice', project: main.project.id, shot: boatId, take: takeOneId };
  const preview = { frames, height, width, fps: 24, rgb };
  main.say({ job: someJob, target, event: { kind: 'preview', stage: base, step, preview } });
}

function showJob(state: JobFacts['state']): void {
  const target = { folder: '/projects/Test.sluice', project: main.project.id, shot: boatId, take: takeOneId };
  const job = { id: someJob, state, prompt: 'a red boat', packHash: hashOf('a'), target };
  main.showQueue({ kind: 'here', isHeld: false, jobs: [job] });
}

const viewer = () => screen.getByRole('img', { name: 'Picture of Test' });

/** Steps come as they do while a clip is made; the one that is waited for comes once. */
async function seeStep(step: number): Promise<void> {
  await waitFor(() => expect(main.isHeard).toBe(true));
  sayPreview(step);
  await waitFor(() => expect(viewer().dataset['preview']).toBe(`base ${step}`));
}

const framesOfStep = (step: number) =>
  new Set(painted.filter((each) => each.step === `base ${step}`).map(({ frame }) => frame));
const isTurning = () => screen.queryByText(/^being made, frame \d+$/) !== null;

test('a clip that is being made goes round in the viewer: several frames of one step, and the timecode says which', async () => {
  await openApp(openTransport);
  await seeStep(3);
  await waitFor(() => expect(framesOfStep(3).size).toBeGreaterThan(2));
  // The clip shows source frames 24 to 47.
  expect([...framesOfStep(3)].every((frame) => frame >= 24 && frame < 48)).toBe(true);
  await waitFor(() => expect(screen.getByLabelText('Time')).not.toHaveProperty('value', '00:00:00'));
  expect(isTurning()).toBe(true);
  expect(screen.getByRole('button', { name: /^Play/ })).toBeTruthy();
});

test.each([
  ['the key that stops', 'k', '00:00:00'],
  ['a step of the playhead', '{ArrowRight}', '00:00:01'],
])('%s ends it, also for the steps that follow, until the take is made again', async (_, key, time) => {
  const user = await openApp(openTransport);
  await seeStep(3);
  await waitFor(() => expect(isTurning()).toBe(true));
  await user.keyboard(key);
  expect(isTurning()).toBe(false);
  await seeStep(4);
  expect(screen.getByLabelText('Time')).toHaveProperty('value', time);
  expect(viewer().dataset['frame']).toBe(String(Number(time.slice(-2))));
  await user.keyboard('{Control>}a{/Control}g');
  await waitFor(() => expect(isTurning()).toBe(true));
});

test('a retry from the queue moves it again', async () => {
  const user = await openApp(openTransport);
  await seeStep(3);
  await user.keyboard('k');
  expect(isTurning()).toBe(false);
  showJob({ kind: 'failed', problem: { code: 'disk-full', message: 'No room.' } });
  const retry = await screen.findByRole('button', { name: 'Try Take 1: Boat again' });
  act(() => retry.click());
  await waitFor(() => expect(main.requests.at(-1)?.payload).toEqual({ kind: 'retry', id: someJob }));
  showJob({ kind: 'running' });
  await seeStep(4);
  await waitFor(() => expect(isTurning()).toBe(true));
});

test('whoever wants less motion sees the frame at the playhead', async () => {
  wantsLessMotion = true;
  await openApp(openTransport);
  await seeStep(3);
  await seeStep(4);
  expect([isTurning(), viewer().dataset['frame']]).toEqual([false, '0']);
});

const shown = { frames: 16, height: 24, width: 40, fps: 3, key: hashOf('d'), framesSha256: hashOf('e'), sizeBytes: 1 };
const stage = { stage: base, key: hashOf('d'), state: { kind: 'done' as const }, shown, diskBytes: 1 };
const next = manifest.stages[1]!.id;

test('what was made last goes on while the next stage is begun; nothing else at the playhead moves', () => {
  const above = { stage: next, key: hashOf('f'), diskBytes: 1 };
  const running = { kind: 'running' as const, job: someJob, step: 0, steps: 8, share: 0 };
  const at = (state: { kind: 'empty' } | typeof running, playhead = 3) =>
    clipBeingMade({
      ...{ project: withClips('a'), playhead, stage: undefined, stilled: new Set(), previews: new Map() },
      ladders: new Map([[takeOneId, { stages: [stage, { ...above, state }] }]]),
    })?.id;
  expect([at(running), at({ kind: 'empty' }), at(running, 24)]).toEqual([boatClip('a').id, undefined, undefined]);
});

test('a round shows every frame of the clip for as long as it lasts', () => {
  const clip = boatClip('a', { startFrame: 100, lengthFrames: 24 });
  const at = (ms: number) => frameInRound(clip, { num: 24, den: 1 }, ms);
  expect([0, 41, 42, 999, 1000, 60_500].map(at)).toEqual([100, 100, 101, 123, 100, 112]);
});
