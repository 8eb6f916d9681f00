import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { convolutionHalo, finishStage, stageRun, stageSpec } from './analytic-stage.test-port';
import type { StageNetwork } from './denoiser';
import { planWindows } from './windows';

const spec = stageSpec({ window: { kind: 'halo', ...convolutionHalo, multipleOf: 2 } });
const memoryBytes = 0.8 * planWindows(spec, undefined, 2 ** 40).bytes;

/** Predicts zeros after a turn of the event loop, and says when it is asked and when it answers. */
function slowNetwork(log: string[], failsAt = Infinity): StageNetwork {
  let asked = 0;
  return {
    async evaluate({ zT }) {
      const call = (asked += 1);
      log.push(`asked ${call}`);
      await sleep(2);
      if (call === failsAt) throw new Error('no more');
      log.push(`answered ${call}`);
      return { ...zT, data: zT.data.map(() => 0) };
    },
  };
}

test('the network is asked for the next two windows before the last one is used', async () => {
  const log: string[] = [];
  const run = stageRun({ spec, network: slowNetwork(log), memoryBytes });
  const { runs } = await finishStage({ ...run, parameters: { ...run.parameters, steps: 1 } });
  expect(runs.length).toBeGreaterThan(3);
  expect(log.indexOf('asked 3')).toBeLessThan(log.indexOf('answered 1'));
  expect(log.indexOf('asked 4')).toBeGreaterThan(log.indexOf('answered 1'));
  expect(log.indexOf('asked 4')).toBeLessThan(log.indexOf('answered 3'));
});

test('what fails is heard when its turn comes, and not before the network has let go of the windows after it', async () => {
  const log: string[] = [];
  await expect(finishStage(stageRun({ spec, network: slowNetwork(log, 2), memoryBytes }))).rejects.toThrow('no more');
  expect(log).toEqual(['asked 1', 'asked 2', 'asked 3', 'answered 1', 'asked 4', 'answered 3', 'answered 4']);
});
