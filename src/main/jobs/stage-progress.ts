/** Turns the events of one attempt at a stage into those of its job, and measures it by a clock that only goes forward. */
import type { PlannedStage } from '#engine/plan';
import type { StageEvent } from '#shared/inference-contract';
import type { CascadeEvent } from './cascade-job';
import { evaluationsOf, type RunningStage } from './remaining-time';

type Finished = Extract<StageEvent, { kind: 'finished' }>;

export class StageProgress {
  finished: Finished | undefined;
  private resumedAtStep = 0;
  private loadedAtMs: number | undefined;

  /**
   * @param remainingSec of the whole job, from how this stage runs
   * @param nowMs a monotonic clock
   */
  constructor(
    private readonly stage: PlannedStage,
    private readonly remainingSec: (running: RunningStage) => number | undefined,
    private readonly onEvent: (event: CascadeEvent) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  take(event: StageEvent): void {
    if (event.kind === 'finished') this.finished = event;
    else this.onEvent(this.translate(event));
  }

  /** Seconds inside the stage and its planned evaluations, for `Speeds`; `undefined` before it has finished, or where it had nothing to do. */
  get speed(): { readonly seconds: number; readonly evaluations: number } | undefined {
    const evaluations = evaluationsOf(this.stage, this.resumedAtStep);
    if (this.finished === undefined || evaluations === 0) return undefined;
    return { seconds: this.finished.runtimeSeconds + this.finished.engineSeconds, evaluations };
  }

  private translate(event: Exclude<StageEvent, Finished>): CascadeEvent {
    const stage = this.stage.id;
    switch (event.kind) {
      case 'warning':
        return { kind: 'warning', stage, message: event.message };
      case 'loaded':
        this.loadedAtMs = this.nowMs();
        this.resumedAtStep = event.resumedAtStep;
        return { kind: 'stage-started', stage, resumedAtStep: event.resumedAtStep };
      case 'progress':
        return { kind: 'progress', stage, step: event.step, steps: event.steps, ...this.measure(event) };
      case 'preview':
        return { kind: 'preview', stage, step: event.step, preview: event.preview };
    }
  }

  private measure({ step, done, total }: Extract<StageEvent, { kind: 'progress' }>): {
    readonly stageShare: number;
    readonly remainingSec: number | undefined;
  } {
    const whole = evaluationsOf(this.stage);
    const left = evaluationsOf(this.stage, step + 1) + (this.stage.steps[step]?.evaluations ?? 0) * (1 - done / total);
    const running = {
      stage: this.stage,
      elapsedSec: this.loadedAtMs === undefined ? 0 : (this.nowMs() - this.loadedAtMs) / 1000,
      evaluationsDone: Math.max(0, evaluationsOf(this.stage, this.resumedAtStep) - left),
      evaluationsLeft: left,
    };
    return { stageShare: whole === 0 ? 1 : 1 - left / whole, remainingSec: this.remainingSec(running) };
  }
}
