import { describe, expect, test } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { takeIdSchema } from '#shared/project/ids';
import { hashOf } from '#shared/project/project.test-fixtures';
import type { Ladder, StageState } from '#shared/studio/ladder';
import { staleTake } from '#shared/studio/stale-takes';
import { sayIn } from '../text/text';
import { costOf, costOfStale, staleAmong, staleRuns } from './cost';
import { costText, durationText, sizeText } from './quantity-text';

const ids = ['base', 'tsr-6', 'ssr-48'].map((id) => stageIdSchema.parse(id));
const take = (name: string) => takeIdSchema.parse(`take-${name}`);
const say = sayIn('en');

function ladder(kinds: readonly StageState['kind'][], seconds: readonly (number | undefined)[] = [1, 10, 100]): Ladder {
  return {
    stages: kinds.map((kind, index) => ({
      stage: ids[index]!,
      key: hashOf('a'),
      state: { kind } as StageState,
      diskBytes: 1000 * (index + 1),
      ...(seconds[index] !== undefined && { seconds: seconds[index] }),
    })),
  };
}
const ladders = new Map([
  [take('a'), ladder(['done', 'stale', 'stale'])],
  [take('b'), ladder(['stale', 'done', 'empty'])],
  [take('c'), ladder(['done', 'running', 'queued'])],
  [take('d'), ladder(['failed', 'empty', 'empty'], [2, undefined, undefined])],
]);

describe('the cost of a run', () => {
  test('counts what is not there, not what is made, replaced or on its way', () => {
    expect(costOf(ladders, [take('a')])).toEqual({ stages: 2, seconds: 110, unmeasured: 0, diskBytes: 5000 });
    expect(costOf(ladders, [take('c')]).stages).toBe(0);
    expect(costOf(new Map([[take('a'), ladder(['replaced', 'replaced', 'empty'])]]), [take('a')]).stages).toBe(1);
  });

  test('ends and begins where it is told to, and sums takes', () => {
    expect(costOf(ladders, [take('a')], { upTo: ids[1] })).toMatchObject({ stages: 1, seconds: 10 });
    expect(costOf(ladders, [take('d')], { from: ids[1] })).toMatchObject({ stages: 2, unmeasured: 2, seconds: 0 });
    expect(costOf(ladders, [take('a'), take('d'), take('gone')])).toMatchObject({ stages: 5, seconds: 112 });
  });

  test('says it in a line, and what nobody measured it does not make up', () => {
    expect(costText({ stages: 4, seconds: 118, unmeasured: 0, diskBytes: 180e6 }, say)).toBe(
      '4 stages, about 2 min, 180 MB',
    );
    expect(costText(costOf(ladders, [take('d')]), say)).toBe(
      '3 stages, about 2.0 s, and 2 not yet measured here, 6.0 kB',
    );
    expect(costText({ stages: 1, seconds: 0, unmeasured: 1, diskBytes: 10 }, say)).toBe(
      '1 stage, time not yet measured here, 10 B',
    );
  });
});

test('renewing what is stale goes up to the highest stale stage of each take, and takes alike go together', () => {
  const stale = [...ladders].flatMap(([id, each]) => staleTake(id, each) ?? []);
  expect(staleRuns(stale)).toEqual([
    { upTo: ids[2], takes: [take('a')] },
    { upTo: ids[0], takes: [take('b')] },
  ]);
  expect(costOfStale(stale)).toMatchObject({ stages: 3, seconds: 111 });
  expect(staleAmong(stale, [take('b'), take('c')])).toEqual([stale[1]]);
});

test('times and sizes are said with as many digits as anyone needs', () => {
  expect([0.4, 3.14, 42.2, 118, 3600, 37_000].map((seconds) => durationText(seconds, say))).toEqual([
    'under 1 s',
    '3.1 s',
    '42 s',
    '2 min',
    '1 h 0 min',
    '10 h 17 min',
  ]);
  expect([0, 999, 1500, 180e6, 1.25e9, 3e15].map(sizeText)).toEqual([
    '0 B',
    '999 B',
    '1.5 kB',
    '180 MB',
    '1.3 GB',
    '3000 TB',
  ]);
});
