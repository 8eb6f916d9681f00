import { expect, test } from 'vitest';
import type { PackManifest } from '#shared/pack-manifest';
import { clipsOfTrack } from '#shared/project/order';
import { removeClips } from '#shared/project/edits/remove-clips';
import { clipId, video, withClips } from '#shared/project/project.test-fixtures';
import { extension, filling, givenFrames } from './extension';
import { beginningOf, endOf, frameShown, gapAt, neighboursOf } from './neighbour-frames';

/** The shapes of Imagen Video's first and last stage; nothing else is looked at. */
const manifest = {
  stages: [{ output: { frames: 16, fps: 3 } }, { output: { frames: 128, fps: 24 } }],
} as unknown as Pick<PackManifest, 'stages'>;
const project = withClips('a', 'b', 'c');
const [a, b] = clipsOfTrack(project, video);

test('a quarter is given, in whole frames of the base', () => {
  expect(givenFrames(manifest)).toBe(32);
});

test('after a clip: its last frames are given first, and are not shown again; what lies behind makes room', () => {
  const planned = extension(project, a!, manifest, 'forward')!;
  expect(planned).toMatchObject({ startFrame: 24, lengthFrames: 96, inFrame: 32, mode: 'insert' });
  expect(planned.given).toEqual([{ source: endOf(project, a!, 32), frames: 32, atFrame: 0 }]);
});

test('before a clip: its first frames are given last', () => {
  const planned = extension(project, b!, manifest, 'backward')!;
  expect(planned).toMatchObject({ startFrame: 24, inFrame: 0, mode: 'insert' });
  expect(planned.given).toEqual([{ source: beginningOf(project, b!), frames: 32, atFrame: -32 }]);
});

test('in a gap: given on both sides, so that the clips meet, and as long as the gap', () => {
  const open = removeClips(project, { clipIds: [clipId('b')] }).project;
  expect(gapAt(open, 10)).toBeUndefined();
  expect(gapAt(open, 100)).toBeUndefined();
  const gap = gapAt(open, 30)!;
  expect([gap.fromFrame, gap.toFrame]).toEqual([24, 48]);
  const planned = filling(open, gap, manifest)!;
  expect(planned).toMatchObject({ startFrame: 24, lengthFrames: 24, inFrame: 32, mode: 'into-gap' });
  expect(planned.given.map(({ atFrame, frames }) => [atFrame, frames])).toEqual([
    [0, 32],
    [56, 32],
  ]);
  expect(filling(open, { ...gap, toFrame: gap.fromFrame + 127 }, manifest)).toBeUndefined();
});

test('the frame at the playhead is that of the clip on top, and a clip knows its neighbours', () => {
  expect(frameShown(project, 30)).toMatchObject({ kind: 'take', fromFrame: 30 });
  expect(frameShown(project, 500)).toBeUndefined();
  expect(neighboursOf(project, b!)).toMatchObject({ before: { id: clipId('a') }, after: { id: clipId('c') } });
});
