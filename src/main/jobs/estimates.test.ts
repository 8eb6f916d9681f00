import { truncate } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedStage } from '#engine/plan';
import { planCascade } from '#engine/plan-cascade';
import type { StageEvent } from '#shared/inference-contract';
import type { CascadeEvent } from './cascade-job';
import { ofKind, temporaryFolder, testPack, testShot } from './jobs.test-support';
import { evaluationsOf, remainingSeconds } from './remaining-time';
import { Speeds, type SpeedOf } from './speeds';
import { StageProgress } from './stage-progress';

const plan = planCascade(testPack().manifest, testShot()).stages;
const [base, tsr] = plan as [PlannedStage, PlannedStage];
const nothing = () => undefined;

describe('remaining time', () => {
  it('is unknown where nothing was measured, and nothing where nothing is left', () => {
    expect(remainingSeconds(plan, undefined, nothing)).toBeUndefined();
    expect(remainingSeconds([], undefined, nothing)).toBe(0);
  });

  it('is what the stages took before', () => {
    const known = (stage: PlannedStage) => (stage === base ? 2 : 0.5);
    const expected = 2 * evaluationsOf(base) + 0.5 * evaluationsOf(tsr);
    expect(remainingSeconds([base, tsr], undefined, known)).toBeCloseTo(expected, 9);
  });

  it('scales stages that were never measured by their FLOPs', () => {
    const known = (stage: PlannedStage) => (stage === base ? 1 : undefined);
    const seconds = evaluationsOf(base);
    const expected = seconds + (seconds * tsr.flops) / base.flops;
    expect(remainingSeconds([base, tsr], undefined, known)).toBeCloseTo(expected, 9);
  });

  it('follows the running stage, the more the further it is', () => {
    const left = (elapsedSec: number, evaluationsDone: number, evaluationsLeft: number, before?: number) =>
      remainingSeconds([], { stage: base, elapsedSec, evaluationsDone, evaluationsLeft }, () => before);
    expect(left(0, 0, 10)).toBeUndefined();
    expect(left(0, 0, 10, 3)).toBe(30);
    expect(left(4, 2, 8)).toBe(16);
    expect(left(4, 2, 8, 12)).toBeCloseTo(8 * (0.2 * 2 + 0.8 * 12), 9);
    expect(left(90, 9, 1, 1)).toBeCloseTo(0.9 * 10 + 0.1 * 1, 9);
  });

  it('is never negative and always a number or unknown', () => {
    const speed = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        speed,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.nat(1000),
        (known, elapsedSec, thousandths) => {
          const share = thousandths / 1000;
          const all = evaluationsOf(base);
          const running = { stage: base, elapsedSec, evaluationsDone: all * share, evaluationsLeft: all * (1 - share) };
          const seconds = remainingSeconds([tsr], running, () => known);
          expect(seconds === undefined || (seconds >= 0 && Number.isFinite(seconds))).toBe(true);
        },
      ),
    );
  });
});

describe('speeds', () => {
  const of: SpeedOf = { pack: testPack().hash, stage: base.id, provider: 'cpu', threads: 2 };

  it('are smoothed, kept apart by what they depend on, and survive a restart', async () => {
    const file = path.join(await temporaryFolder(), 'speeds.json');
    const speeds = await Speeds.open(file);
    await speeds.record(of, 8, 4);
    expect(speeds.secondsPerEvaluation(of)).toBe(2);
    await speeds.record(of, 16, 4);
    const again = await Speeds.open(file);
    expect(again.secondsPerEvaluation(of)).toBe(3);
    expect(again.secondsPerEvaluation({ ...of, threads: 1 })).toBeUndefined();
    expect(again.secondsPerEvaluation({ ...of, provider: 'webgpu' })).toBeUndefined();
  });

  it('keep what another process measured meanwhile, and refuse nonsense', async () => {
    const file = path.join(await temporaryFolder(), 'speeds.json');
    const [a, b] = [await Speeds.open(file), await Speeds.open(file)];
    await a.record(of, 2, 1);
    await b.record({ ...of, threads: 1 }, 5, 1);
    for (const [seconds, evaluations] of [
      [0, 1],
      [-1, 1],
      [1, 0],
      [NaN, 1],
    ] as const)
      await a.record({ ...of, threads: 9 }, seconds, evaluations);
    const all = await Speeds.open(file);
    expect([2, 1, 9].map((threads) => all.secondsPerEvaluation({ ...of, threads }))).toEqual([2, 5, undefined]);
  });

  it('know nothing when their file is damaged', async () => {
    const file = path.join(await temporaryFolder(), 'speeds.json');
    await (await Speeds.open(file)).record(of, 2, 1);
    await truncate(file, 3);
    const damaged = await Speeds.open(file);
    expect(damaged.secondsPerEvaluation(of)).toBeUndefined();
    await damaged.record(of, 4, 1);
    expect((await Speeds.open(file)).secondsPerEvaluation(of)).toBe(4);
  });
});

describe('progress of a stage', () => {
  const steps = base.steps.length;
  const last = { step: steps - 1, steps, done: 1, total: 1 };

  function follow(stageEvents: readonly StageEvent[]) {
    const events: CascadeEvent[] = [];
    let nowMs = 0;
    const progress = new StageProgress(
      base,
      (running) => remainingSeconds([], running, nothing),
      (event) => events.push(event),
      () => (nowMs += 1000),
    );
    for (const event of stageEvents) progress.take(event);
    return { progress, events: ofKind(events, 'progress') };
  }

  it('counts network evaluations, not steps, and windows within a step', () => {
    const { events } = follow([
      { kind: 'loaded', seconds: 1, resumedAtStep: 0 },
      { kind: 'progress', step: 0, steps, done: 1, total: 2 },
      { kind: 'progress', ...last },
    ]);
    const half = base.steps[0]!.evaluations / 2 / evaluationsOf(base);
    expect(events.map((event) => event.stageShare)).toEqual([expect.closeTo(half, 9), 1]);
    expect(events.map((event) => event.remainingSec)).toEqual([expect.closeTo((1 - half) / half, 6), 0]);
  });

  it('measures only what this attempt did when it resumed', () => {
    const { progress, events } = follow([
      { kind: 'loaded', seconds: 1, resumedAtStep: steps - 2 },
      { kind: 'progress', step: steps - 2, steps, done: 1, total: 1 },
      { kind: 'finished', runtimeSeconds: 3, engineSeconds: 1, evaluations: 4, peakRssBytes: 1 },
    ]);
    const lastEvaluations = base.steps[steps - 1]!.evaluations;
    const done = base.steps[steps - 2]!.evaluations;
    expect(events[0]?.remainingSec).toBeCloseTo(lastEvaluations / done, 9);
    expect(progress.speed).toEqual({ seconds: 4, evaluations: done + lastEvaluations });
  });

  it('has no speed to remember when everything was done before', () => {
    const { progress } = follow([
      { kind: 'loaded', seconds: 1, resumedAtStep: steps },
      { kind: 'finished', runtimeSeconds: 0, engineSeconds: 1, evaluations: 1, peakRssBytes: 1 },
    ]);
    expect(progress.speed).toBeUndefined();
  });
});
