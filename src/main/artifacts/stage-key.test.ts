import { describe, expect, it } from 'vitest';
import type { PlannedStage } from '#engine/plan';
import { planCascade } from '#engine/plan-cascade';
import { shotSchema } from '#shared/shot';
import { sha256Schema } from '#shared/units';
import { testPack } from '../jobs/jobs.test-support';
import { importedKey, stageKey } from './stage-key';

const { hash, manifest } = testPack();
const given = (sha256: string) => [
  { source: { sha256: sha256.repeat(64), frames: 1, height: 12, width: 20 }, atFrame: 0 },
];
const shotOf = (changes: object) =>
  shotSchema.parse({ prompts: [{ fromSec: 0, prompt: 'a red boat' }], seed: 7, given: given('a'), ...changes });
const none = { kind: 'none' } as const;

function baseKey(changes: object = {}, stageChanges: Partial<PlannedStage> = {}): string {
  const shot = shotOf(changes);
  const stage = planCascade(manifest, shot).stages[0]!;
  return stageKey(hash, shot, { ...stage, ...stageChanges }, none);
}

describe('the address of a stage', () => {
  it('is the same for the same work', () => {
    expect(baseKey()).toBe(baseKey());
    expect(baseKey({ stages: { 'ssr-768': { seed: 3 } } })).toBe(baseKey());
    expect(baseKey({ stopAt: 'base' })).toBe(baseKey());
    expect(baseKey({ seed: 99, stages: { base: { seed: 7 } } })).toBe(baseKey());
  });

  it('differs with everything that shapes the output', () => {
    const stage = planCascade(manifest, shotOf({})).stages[0]!;
    const keys = [
      baseKey(),
      baseKey({ seed: 8 }),
      baseKey({ prompts: [{ fromSec: 0, prompt: 'a red boat.' }] }),
      baseKey({ negativePrompt: 'fog' }),
      baseKey({ given: given('b') }),
      baseKey({ given: [] }),
      baseKey({ given: [{ ...given('a')[0]!, atFrame: -1 }] }),
      baseKey({ stages: { base: { steps: 9 } } }),
      baseKey({ stages: { base: { guidance: { kind: 'constant', weight: 1.25 } } } }),
      baseKey({ stages: { base: { sampler: { kind: 'ancestral', gamma: 0.2 } } } }),
      baseKey({}, { partOfFrame: stage.partOfFrame.map(() => 1) }),
      stageKey(sha256Schema.parse('0'.repeat(64)), shotOf({}), stage, none),
      stageKey(hash, shotOf({}), stage, { kind: 'stage', key: hash }),
      stageKey(hash, shotOf({}), stage, { kind: 'imported', sha256: hash }),
      stageKey(hash, shotOf({}), planCascade(manifest, shotOf({})).stages[1]!, none),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('of imported frames is that of their pictures and shape', () => {
    const shape = { frames: 2, height: 4, width: 8 };
    expect(importedKey(shape, hash)).toBe(importedKey({ ...shape }, hash));
    expect(importedKey({ ...shape, height: 8, width: 4 }, hash)).not.toBe(importedKey(shape, hash));
  });
});
