import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packManifestSchema, stageIdSchema } from '#shared/pack-manifest';
import { takeIdSchema } from '#shared/project/ids';
import type { Take } from '#shared/project/project-shot';
import { base, boat, boatClip, busyTimeline, hashOf, takeOne, takeOneId } from '#shared/project/project.test-fixtures';
import type { SelectedShot } from '../studio/selected';
import { otherTakes, wipedThere } from './wiped';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const { takes } = busyTimeline();
const [two, ofOther] = ['take-boat2', 'take-spare1'].map((id) => takeIdSchema.parse(id));
const pack = {
  ...{ state: 'valid' as const, hash: hashOf('a'), manifest, directory: '/packs/test', origin: 'built-in' as const },
  ...{ sizeBytes: 1, isPreferred: true },
};
const selected: SelectedShot = { clip: boatClip('a'), shot: boat, take: takeOne, pack };
const there = (takeId: Take['id'] | undefined, stage?: string) =>
  wipedThere({ takeId, stage: stage === undefined ? undefined : stageIdSchema.parse(stage) }, selected, takes);

test('the other takes of the shot can be wiped in, not those of other shots', () => {
  expect(otherTakes(selected, takes).map(({ id }) => id)).toEqual([two]);
  expect(there(two)).toEqual({ takeId: two, stage: undefined });
  expect(there(two, 'base')).toEqual({ takeId: two, stage: base });
  expect(there(ofOther, 'base')).toBeUndefined();
});

test('of the take that is shown another stage, which stays wiped in when it is named; never the take beside itself', () => {
  expect(there(undefined, 'base')).toEqual({ takeId: undefined, stage: base });
  expect(there(takeOneId, 'base')).toEqual({ takeId: undefined, stage: base });
  expect([there(takeOneId), there(undefined, 'of-another-pack')]).toEqual([undefined, undefined]);
  expect(there(two, 'of-another-pack')).toEqual({ takeId: two, stage: undefined });
});
