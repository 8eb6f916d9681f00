import { expect, test } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { hashOf } from '#shared/project/project.test-fixtures';
import type { Ladder, StageState } from '#shared/studio/ladder';
import { upwards } from './run-upwards';

const ids = ['base', 'tsr-6', 'ssr-48', 'ssr-192'].map((id) => stageIdSchema.parse(id));
const stages = ids.map((id) => ({ id }));
const [base, tsr, ssr, top] = [ids[0]!, ids[1]!, ids[2]!, ids[3]!];
const facts = {
  ...{ key: hashOf('a'), frames: 8, height: 8, width: 8 },
  ...{ fps: 8, framesSha256: hashOf('b'), sizeBytes: 1 },
};

/** Of what is stale, something older can be shown. */
const ladder = (...kinds: StageState['kind'][]): Ladder => ({
  stages: kinds.map((kind, index) => ({
    ...{ stage: ids[index]!, key: hashOf('a'), state: { kind } as StageState, diskBytes: 1 },
    ...((kind === 'done' || kind === 'stale') && { shown: facts }),
  })),
});

test('everything stale from a stage on is made again, and nothing below it', () => {
  const stale = ladder('stale', 'stale', 'stale', 'stale');
  expect(upwards(stages, stale, ssr)).toEqual({ from: ssr, upTo: top });
  expect(upwards(stages, stale, base)).toEqual({ from: base, upTo: top });
});

test('from a stage that is made it begins with the first above that is not', () => {
  expect(upwards(stages, ladder('done', 'done', 'stale', 'empty'), base)).toEqual({ from: ssr, upTo: top });
});

test('nothing can be made of nothing', () => {
  expect(upwards(stages, ladder('empty', 'empty', 'empty', 'empty'), tsr)).toBeUndefined();
  expect(upwards(stages, ladder('empty', 'empty', 'empty', 'empty'), base)).toEqual({ from: base, upTo: top });
});

test('where all is made, given or on its way, nothing is to be done', () => {
  expect(upwards(stages, ladder('done', 'done', 'done', 'done'), base)).toBeUndefined();
  expect(upwards(stages, ladder('done', 'replaced', 'running', 'queued'), base)).toBeUndefined();
  expect(upwards(stages, undefined, base)).toBeUndefined();
});
