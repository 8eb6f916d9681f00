/** What a progress display knows of a running job, made from its events one after another. Pure; time comes in from outside. */
import type { CascadeEvent } from '#main/jobs/cascade-job';
import type { Preview } from '#shared/inference-contract';
import type { ClipShape, StageId } from '#shared/pack-manifest';

export type StageState =
  | { readonly kind: 'waiting' }
  /** Another process makes this very stage. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'running'; readonly sinceMs: number; readonly step: number; readonly share: number }
  | { readonly kind: 'done'; readonly seconds: number }
  | { readonly kind: 'reused' };

export interface StageProgress {
  readonly id: StageId;
  readonly output: ClipShape;
  readonly steps: number;
  readonly state: StageState;
}

export interface ProgressState {
  readonly startedMs: number;
  readonly stages: readonly StageProgress[];
  /** What runs the stages, and in brackets what could not. */
  readonly provider: string | undefined;
  /** For the whole job, as last estimated, and when. */
  readonly remaining: { readonly seconds: number; readonly atMs: number } | undefined;
  readonly preview: { readonly stage: StageId; readonly preview: Preview } | undefined;
  readonly exporting: { readonly title: string; readonly share: number } | undefined;
}

export function initialProgress(nowMs: number): ProgressState {
  return {
    startedMs: nowMs,
    stages: [],
    provider: undefined,
    remaining: undefined,
    preview: undefined,
    exporting: undefined,
  };
}

/** The state after `event`, which came at `nowMs`. */
export function afterEvent(state: ProgressState, event: CascadeEvent, nowMs: number): ProgressState {
  switch (event.kind) {
    case 'planned':
      return { ...state, stages: plannedStages(event), remaining: estimate(event.remainingSec, nowMs) };
    case 'provider':
      return { ...state, provider: providerText(event) };
    case 'waiting':
      return withStage(state, event.stage, { kind: 'elsewhere' });
    case 'stage-started':
      return withStage(state, event.stage, { kind: 'running', sinceMs: nowMs, step: event.resumedAtStep, share: 0 });
    case 'progress':
      return {
        ...withStage(state, event.stage, {
          kind: 'running',
          sinceMs: sinceOf(state, event.stage) ?? nowMs,
          step: event.step,
          share: event.stageShare,
        }),
        remaining: estimate(event.remainingSec, nowMs) ?? state.remaining,
      };
    case 'preview':
      return { ...state, preview: { stage: event.stage, preview: event.preview } };
    case 'stage-finished':
      return withStage(
        state,
        event.stage,
        event.reused ? { kind: 'reused' } : { kind: 'done', seconds: event.seconds },
      );
    case 'warning':
    case 'retrying':
      return state;
  }
}

/** Seconds left at `nowMs`: the last estimate less the time since, never below nothing. */
export function remainingAt({ remaining }: ProgressState, nowMs: number): number | undefined {
  return remaining === undefined ? undefined : Math.max(0, remaining.seconds - (nowMs - remaining.atMs) / 1000);
}

/** Such as `cpu (not cuda, webgpu)`; `sluice doctor` says why. */
export function providerText({ provider, rejected }: Extract<CascadeEvent, { kind: 'provider' }>): string {
  return rejected.length === 0 ? provider : `${provider} (not ${rejected.map((other) => other.provider).join(', ')})`;
}

function plannedStages({ stages, reused }: Extract<CascadeEvent, { kind: 'planned' }>): readonly StageProgress[] {
  return stages.map(({ id, output, steps }) => ({
    id,
    output,
    steps: steps.length,
    state: reused.includes(id) ? { kind: 'reused' } : { kind: 'waiting' },
  }));
}

function withStage(state: ProgressState, id: StageId, next: StageState): ProgressState {
  return { ...state, stages: state.stages.map((stage) => (stage.id === id ? { ...stage, state: next } : stage)) };
}

function sinceOf(state: ProgressState, id: StageId): number | undefined {
  const found = state.stages.find((stage) => stage.id === id)?.state;
  return found?.kind === 'running' ? found.sinceMs : undefined;
}

function estimate(seconds: number | undefined, atMs: number): ProgressState['remaining'] {
  return seconds === undefined ? undefined : { seconds, atMs };
}
