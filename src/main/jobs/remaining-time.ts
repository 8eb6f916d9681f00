/**
 * How long the rest of a job takes: from what its stages took before on this machine, and inside the running stage more and more from
 * what it takes now. Stages that were never measured are scaled from the measured ones by their FLOPs. Pure.
 */
import type { PlannedStage } from '#engine/plan';

/** The running stage as measured since it was loaded, in this attempt. */
export interface RunningStage {
  readonly stage: PlannedStage;
  readonly elapsedSec: number;
  /** Network evaluations done in this attempt, parts of one counted, and those left. */
  readonly evaluationsDone: number;
  readonly evaluationsLeft: number;
}

/**
 * @param waiting stages that have not begun
 * @param known seconds per evaluation of a stage, where measured
 * @returns seconds, never negative; `undefined` where nothing was measured that bears on what is left
 */
export function remainingSeconds(
  waiting: readonly PlannedStage[],
  running: RunningStage | undefined,
  known: (stage: PlannedStage) => number | undefined,
): number | undefined {
  const now = running === undefined ? undefined : secondsPerEvaluationNow(running, known(running.stage));
  const speedOf = (stage: PlannedStage) => (stage.id === running?.stage.id ? now : known(stage));
  const stages = running === undefined ? waiting : [running.stage, ...waiting];
  const secondsPerFlop = measuredSecondsPerFlop(stages, speedOf);
  let seconds = 0;
  for (const stage of stages) {
    const evaluations = stage.id === running?.stage.id ? running.evaluationsLeft : evaluationsOf(stage);
    if (evaluations === 0) continue;
    const speed = speedOf(stage) ?? scaled(stage, secondsPerFlop);
    if (speed === undefined) return undefined;
    seconds += speed * evaluations;
  }
  return seconds;
}

/** Network evaluations of a whole stage, as if in one window. */
export function evaluationsOf(stage: PlannedStage, fromStep = 0): number {
  return stage.steps.slice(fromStep).reduce((sum, step) => sum + step.evaluations, 0);
}

/** Trusts this attempt as far as it has come, and the history for the rest. */
function secondsPerEvaluationNow(running: RunningStage, before: number | undefined): number | undefined {
  const { elapsedSec, evaluationsDone, evaluationsLeft } = running;
  if (evaluationsDone <= 0) return before;
  const measured = elapsedSec / evaluationsDone;
  if (before === undefined) return measured;
  const trust = evaluationsDone / (evaluationsDone + evaluationsLeft);
  return trust * measured + (1 - trust) * before;
}

function measuredSecondsPerFlop(
  stages: readonly PlannedStage[],
  speedOf: (stage: PlannedStage) => number | undefined,
): number | undefined {
  let seconds = 0;
  let flops = 0;
  for (const stage of stages) {
    const speed = speedOf(stage);
    if (speed === undefined) continue;
    seconds += speed * evaluationsOf(stage);
    flops += stage.flops;
  }
  return flops > 0 ? seconds / flops : undefined;
}

function scaled(stage: PlannedStage, secondsPerFlop: number | undefined): number | undefined {
  return secondsPerFlop === undefined ? undefined : (secondsPerFlop * stage.flops) / evaluationsOf(stage);
}
