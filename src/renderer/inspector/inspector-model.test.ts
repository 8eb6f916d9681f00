import { describe, expect, test } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { shotSchema } from '#shared/shot';
import { boatId, emptyTimeline, hashOf, takeOne } from '#shared/project/project.test-fixtures';
import type { Ladder } from '#shared/studio/ladder';
import { placeOf, startSec, withGiven } from './given-places';
import { partMoved, roomOf, withoutPart, withPart } from './prompt-parts';
import { changed, changedWhere, effectiveOverrides, withoutField, type ScopedStage } from './stage-scope';
import { startSources } from './start-sources';

const base = stageIdSchema.parse('base');

describe('prompt parts', () => {
  const one = [{ fromSec: 0, prompt: 'a boat' }];
  const three = [...one, { fromSec: 2, prompt: 'a storm' }, { fromSec: 4, prompt: 'a calm' }];
  const isValid = (prompts: typeof one) => shotSchema.shape.prompts.safeParse(prompts).success;

  test('a new part begins where it is asked for, with the words that held there', () => {
    expect(withPart(three, 3, 5)).toEqual([three[0], three[1], { fromSec: 3, prompt: 'a storm' }, three[2]]);
    expect(withPart(one, 0, 5)[1]?.fromSec).toBe(2.5);
    expect(withPart(three, 4, 5)[3]?.fromSec).toBe(4.5);
  });

  test('whatever is done, they stay in order, the first at 0', () => {
    expect(withoutPart(three, 0)[0]).toEqual({ fromSec: 0, prompt: 'a storm' });
    expect(withoutPart(one, 0)).toEqual(one);
    expect(partMoved(three, 1, 9, 5)[1]?.fromSec).toBe(3.9);
    expect(partMoved(three, 1, -1, 5)[1]?.fromSec).toBe(0.1);
    expect(partMoved(three, 0, 3, 5)).toEqual(three);
    expect(roomOf(three, 2, 5)).toEqual({ least: 2.1, most: 4.9 });
    let parts = one;
    for (let index = 0; index < 40; index += 1) parts = withPart(parts, index / 7, 5);
    expect(parts.length).toBeLessThanOrEqual(16);
    expect(isValid(parts)).toBe(true);
  });
});

describe('given frames', () => {
  const frames = (count: number, digit = '1') => ({ sha256: hashOf(digit), frames: count, height: 8, width: 8 });

  test('are named by where they lie', () => {
    const places = [
      { source: frames(1), atFrame: 0 },
      { source: frames(1), atFrame: -1 },
      { source: frames(8), atFrame: 0 },
      { source: frames(8), atFrame: -8 },
      { source: frames(8), atFrame: 24 },
      { source: frames(8), atFrame: 10 },
    ].map((given) => placeOf(given, 32));
    expect(places).toEqual(['first', 'last', 'beginning', 'end', 'end', 'at']);
    expect(startSec({ source: frames(8), atFrame: -8 }, 32, 24)).toBe(1);
  });

  test('a clip has one beginning and one end', () => {
    const first = withGiven([], frames(1), 'front', 32);
    const both = withGiven(first, frames(8, '2'), 'back', 32);
    expect(both.map((given) => placeOf(given, 32))).toEqual(['first', 'end']);
    const replaced = withGiven(both, frames(4, '3'), 'front', 32);
    expect(replaced.map((given) => placeOf(given, 32))).toEqual(['beginning', 'end']);
  });
});

describe('parameters of all takes, and of one', () => {
  const project = emptyTimeline();
  const scoped = (scope: ScopedStage['scope'], at = project): ScopedStage => ({
    scope,
    shot: at.shots.get(boatId)!,
    take: at.takes.get(takeOne.id)!,
    stage: base,
  });

  test('a take’s own lie on top of the shot’s, and go by themselves', () => {
    const shared = changed(project, scoped('shot'), { steps: 9 }).project;
    const both = changed(shared, scoped('take', shared), { steps: 5, seed: 3 }).project;
    expect(effectiveOverrides(scoped('shot', both))).toEqual({ steps: 9 });
    expect(effectiveOverrides(scoped('take', both))).toEqual({ steps: 5, seed: 3 });
    expect(changedWhere(scoped('take', both), 'steps')).toBe('take');
    expect(changedWhere(scoped('shot', both), 'steps')).toBe('shot');
    expect(changedWhere(scoped('shot', both), 'seed')).toBeUndefined();
    const back = changed(both, scoped('take', both), undefined).project;
    expect(back.takes.get(takeOne.id)?.stages).toEqual({});
    expect(changedWhere(scoped('take', back), 'steps')).toBe('shot');
  });

  test('a field put back leaves the others, the last one nothing', () => {
    expect(withoutField({ steps: 3, seed: 4 }, 'seed')).toEqual({ steps: 3 });
    expect(withoutField({ seed: 4 }, 'seed')).toBeUndefined();
  });
});

test('a stage can be replaced by what has its very shape, the shot’s own takes first', () => {
  const project = emptyTimeline();
  const shown = {
    key: hashOf('1'),
    frames: 16,
    height: 24,
    width: 40,
    fps: 3,
    framesSha256: hashOf('2'),
    sizeBytes: 1,
  };
  const stage = { stage: base, key: hashOf('1'), state: { kind: 'done' as const }, diskBytes: 1 };
  const ladder: Ladder = { stages: [{ ...stage, shown }, stage] };
  const sources = (height: number) =>
    startSources(project, new Map([[takeOne.id, ladder]]), { id: boatId }, { frames: 16, height, width: 40, fps: 3 });
  const film = { kind: 'media', source: { kind: 'media', fromFrame: 0 } };
  expect(sources(24)).toMatchObject([film, { kind: 'take', stage: base, source: { takeId: takeOne.id, stage: base } }]);
  expect(sources(48)).toMatchObject([film]);
});
