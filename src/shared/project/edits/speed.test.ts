/** Clips that play faster or slower, and sources of other rates than the project. */
import { describe, expect, it } from 'vitest';
import type { Project } from '../project';
import { sourceFrameAt, sourceRange } from '../source';
import { audio, boatClip, clipId, emptyTimeline, film, still } from '../project.test-fixtures';
import { clipOf } from './change-clips';
import { addClips } from './place-clips';
import { setSpeed } from './speed';
import { split } from './split';
import { picture, b, abc, refusal } from './clip-edits.test-fixtures';

describe('speed', () => {
  it('goes on showing the same frames in another length', () => {
    const { project } = setSpeed(abc, { clipId: b, speed: { num: 2, den: 1 }, ripple: true });
    expect(picture({ project })).toBe('a 0-24 @24, b 24-36 @24, c 36-60 @24');
    expect(sourceRange(project, clipOf(project, b))).toEqual({ inFrame: 24, outFrame: 47 });
    const slow = setSpeed(abc, { clipId: b, speed: { num: 1, den: 2 }, ripple: true }).project;
    expect(picture({ project: slow })).toBe('a 0-24 @24, b 24-72 @24, c 72-96 @24');
    expect(sourceRange(slow, clipOf(slow, b))).toEqual({ inFrame: 24, outFrame: 48 });
    expect(setSpeed(slow, { clipId: b, speed: { num: 1, den: 1 }, ripple: true }).project).toEqual(abc);
    expect(() => setSpeed(abc, { clipId: b, speed: { num: 1, den: 2 }, ripple: false })).toThrow(refusal(/cover/));
    expect(() => setSpeed(abc, { clipId: b, speed: { num: 1, den: 17 }, ripple: true })).toThrow(refusal(/1\/16/));
  });
});

describe('sources of other rates', () => {
  const source = { kind: 'media', mediaId: film.id } as const;
  const place = (project: Project, fields: object) =>
    addClips(project, { clips: [boatClip('f', { source, inFrame: 0, ...fields })] }).project;

  it('count their own frames: 300 at 29.97 last 241 frames at 24', () => {
    expect(picture({ project: place(emptyTimeline(), { lengthFrames: 241 }) })).toBe('f 0-241 @0');
    expect(() => place(emptyTimeline(), { lengthFrames: 242 })).toThrow(refusal(/enough for 241/));
  });

  it('keep every frame in its place through trims and splits', () => {
    const project = place(emptyTimeline(), { lengthFrames: 200, inFrame: 10 });
    const whole = clipOf(project, clipId('f'));
    const cut = split(project, { atFrame: 77, clips: [{ clipId: clipId('f'), rightId: clipId('g') }] }).project;
    const right = clipOf(cut, clipId('g'));
    for (let frame = 77; frame < 200; frame += 1)
      expect(Math.abs(sourceFrameAt(cut, right, frame) - sourceFrameAt(project, whole, frame))).toBeLessThanOrEqual(1);
  });

  it('are stills without end, and heard only where there is sound', () => {
    const image = { kind: 'media', mediaId: still.id } as const;
    expect(picture({ project: place(emptyTimeline(), { source: image, lengthFrames: 100_000 }) })).toBe(
      'f 0-100000 @0',
    );
    expect(() => place(emptyTimeline(), { source: image, trackId: audio })).toThrow(refusal(/no sound/));
    expect(picture({ project: place(emptyTimeline(), { trackId: audio }) }, audio)).toBe('f 0-24 @0');
  });
});
