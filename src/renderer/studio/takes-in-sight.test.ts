import { describe, expect, test } from 'vitest';
import { laddersRequestSchema } from '#shared/studio/ladder';
import { clipId, takeOneId } from '#shared/project/project.test-fixtures';
import { mostTakes, takesNeeded, takesToFollow, type Standpoint } from './takes-in-sight';
import { clipFrames, manyTakes, takeAt } from './takes-in-sight.test-fixtures';

const project = manyTakes(1000);
const atStart: Standpoint = {
  playhead: 0,
  scale: { pixelsPerFrame: 4, leftFrame: 0 },
  width: 960,
  sight: { top: 0, height: 300 },
  selection: new Set(),
  opened: undefined,
  mode: 'picture',
  sides: [],
  heights: {},
  seen: new Set(),
};
const takes = (...indices: number[]) => new Set(indices.map(takeAt));
const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

describe('the takes that a window needs', () => {
  test('are those in the stretch of the timeline that is in sight', () => {
    expect(takesNeeded(project, atStart)).toEqual(takes(...from(0, 10)));
    const scale = { pixelsPerFrame: 4, leftFrame: 900 * clipFrames };
    expect(takesNeeded(project, { ...atStart, scale })).toEqual(takes(0, ...from(900, 10)));
  });

  test('are none of a row that is scrolled out of sight, but its ladder may be what pushed it there', () => {
    const below = { ...atStart, playhead: -1, sight: { top: 2000, height: 300 } };
    expect(takesNeeded(project, below)).toEqual(takes());
    const pushed = { ...below, sight: { top: 500, height: 300 }, opened: clipId('n700') };
    expect(takesNeeded(project, pushed)).toEqual(takes(700, ...from(0, 10)));
  });

  test('begin with those at the playhead, then what is selected', () => {
    const at = { ...atStart, playhead: 500 * clipFrames, selection: new Set([clipId('n800')]) };
    expect([...takesNeeded(project, at)].slice(0, 2)).toEqual([takeAt(500), takeAt(800)]);
  });

  test('leave room for what is in sight when everything is selected', () => {
    const selection = new Set(project.clips.keys());
    const scale = { pixelsPerFrame: 4, leftFrame: 900 * clipFrames };
    expect(takesNeeded(project, { ...atStart, scale, selection })).toEqual(takes(...from(0, 30), ...from(900, 10)));
  });

  test('are those that are compared, or would be', () => {
    const selection = new Set([clipId('n900')]);
    const sides = [{ takeId: takeAt(600), stage: undefined }];
    const needed = takesNeeded(project, { ...atStart, mode: 'compare', selection, sides });
    expect([...needed].slice(0, 4)).toEqual([takeAt(0), takeAt(900), takeAt(600), takeOneId]);
  });

  test('are those that a list has in sight, while they are there', () => {
    const seen = new Set([takeAt(950), takeAt(2000)]);
    expect(takesNeeded(project, { ...atStart, seen })).toEqual(takes(...from(0, 10), 950));
  });
});

test('however much is selected and in sight, lists have room', () => {
  const seen = new Set(from(960, 30).map(takeAt));
  const scale = { pixelsPerFrame: 960 / (200 * clipFrames), leftFrame: 300 * clipFrames };
  const needed = takesNeeded(project, { ...atStart, scale, selection: new Set(project.clips.keys()), seen });
  for (const id of seen) expect(needed).toContain(id);
});

describe('the takes that are followed', () => {
  const whole = { pixelsPerFrame: 960 / (1000 * clipFrames), leftFrame: 0 };

  test('are as many as main sends, those that are needed and what lies around them', () => {
    const scale = { pixelsPerFrame: 4, leftFrame: 900 * clipFrames };
    const followed = takesToFollow(project, { ...atStart, scale });
    expect(followed.size).toBe(mostTakes);
    expect(laddersRequestSchema.shape.takes.safeParse([...followed]).success).toBe(true);
    for (const index of from(890, 30)) expect(followed).toContain(takeAt(index));
  });

  test('have those ahead of the playhead among them, however much is in sight', () => {
    const followed = takesToFollow(project, { ...atStart, scale: whole, playhead: 700 * clipFrames });
    for (const index of from(700, 20)) expect(followed).toContain(takeAt(index));
  });

  test('are all of a project that has no more', () => {
    const small = manyTakes(150);
    expect(takesToFollow(small, { ...atStart, scale: whole })).toEqual(new Set(small.takes.keys()));
  });
});
