import { describe, expect, test } from 'vitest';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { setDissolve } from '#shared/project/edits/dissolve';
import { changeTrack } from '#shared/project/edits/tracks';
import { boat, clipId, video, withClips } from '#shared/project/project.test-fixtures';
import { layersAt, stageFrame } from '#shared/edit/layers-at';
import { playedMomentOf, playedRateOf } from './moment-of';
import { ran, shuttled } from './shuttle';

describe('layers', () => {
  test('one clip shows its source frame, a muted track shows nothing', () => {
    const project = withClips('a', 'b');
    expect(layersAt(project, 30)).toMatchObject([
      { clip: { id: clipId('b') }, sourceFrame: 30, sourceFrames: 128, opacity: 1 },
    ]);
    expect(layersAt(changeTrack(project, { trackId: video, muted: true }).project, 30)).toEqual([]);
    expect(layersAt(project, 48)).toEqual([]);
  });

  test('a dissolve lays the later clip over the earlier one, ever more opaque', () => {
    const project = setDissolve(withClips('a', 'b'), { clipId: clipId('b'), frames: 3, by: 'ripple' }).project;
    const opacities = [20, 21, 22, 23, 24].map((frame) => layersAt(project, frame).map(({ opacity }) => opacity));
    expect(opacities).toEqual([[1], [1, 0.25], [1, 0.5], [1, 0.75], [1]]);
  });

  test('fades and opacity multiply', () => {
    const faded = setFade(withClips('a'), { clipId: clipId('a'), fadeInFrames: 1, fadeOutFrames: 1 }).project;
    const project = setLevels(faded, { clipIds: [clipId('a')], opacity: 0.5 }).project;
    expect([0, 5, 23].map((frame) => layersAt(project, frame)[0]?.opacity)).toEqual([0.25, 0.5, 0.25]);
  });

  test('a stage with fewer frames shows each of them as long as it stands for', () => {
    expect([0, 7, 8, 127, 500].map((frame) => stageFrame(frame, 128, 16))).toEqual([0, 0, 1, 15, 15]);
  });
});

describe('the moment that is played of a clip', () => {
  const project = withClips('a', 'b');
  const second = project.clips.get(clipId('b'))!;
  const playedAt = (playhead: number, rate = 1) => playedMomentOf(project, second, boat, { playhead, rate });

  test('is the source frame under the playhead while that runs over the clip, and nothing otherwise', () => {
    expect([playedAt(24), playedAt(47, -2)]).toEqual([
      { frame: 24, frames: 128 },
      { frame: 47, frames: 128 },
    ]);
    expect([playedAt(23), playedAt(48), playedAt(30, 0)]).toEqual([undefined, undefined, undefined]);
  });

  test('it goes at the speed of its clip, and stands where the playhead is before, behind or without a clip', () => {
    const slow = { ...second, speed: { num: 1, den: 2 } };
    expect([24, 47].map((playhead) => playedRateOf(slow, { playhead, rate: 2 }))).toEqual([1, 1]);
    expect([23, 48].map((playhead) => playedRateOf(slow, { playhead, rate: 2 }))).toEqual([0, 0]);
    expect(playedRateOf(undefined, { playhead: 24, rate: 1 })).toBe(0);
  });
});

describe('transport', () => {
  const course = { range: { inFrame: 10, outFrame: 20 }, isLoop: true };

  test('J and L double in their direction and turn round at normal speed', () => {
    expect([shuttled(0, 1), shuttled(1, 1), shuttled(8, 1), shuttled(4, -1), shuttled(-1, -1)]).toEqual([
      1, 2, 8, -1, -2,
    ]);
  });

  test('the playhead loops within the range in both directions, or stops at its last frame', () => {
    expect(ran(18.5, 2, course)).toEqual({ frame: 10.5, stops: false });
    expect(ran(10.5, -1, course)).toEqual({ frame: 19.5, stops: false });
    expect(ran(18.5, 2, { ...course, isLoop: false })).toEqual({ frame: 19, stops: true });
    expect(ran(10.5, -1, { ...course, isLoop: false })).toEqual({ frame: 10, stops: true });
  });
});
