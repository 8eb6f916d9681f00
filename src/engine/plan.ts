/**
 * The cascade plan: from a pack's manifest and a shot, everything that will run and what it will cost, before anything runs.
 *
 * Pure and cheap: the timeline calls it on every edit. It knows nothing of files, caches or processes.
 */
import type { ClipShape, PackManifest, StageId, StageSpec } from '#shared/pack-manifest';
import type { StageParameters } from '#shared/stage-parameters';

/** One evaluation step of a stage. */
export interface PlannedStep {
  readonly step: number;
  /** λ before and after the step; the last step ends at clean pixels (`Infinity`). */
  readonly logSnrFrom: number;
  readonly logSnrTo: number;
  readonly guidanceWeight: number;
  /** Network evaluations of this step per window: 2 with classifier-free guidance at w ≠ 0. */
  readonly evaluations: number;
}

export interface PlannedStage {
  readonly spec: StageSpec;
  readonly id: StageId;
  readonly output: ClipShape;
  readonly parameters: StageParameters;
  readonly seed: number;
  readonly steps: readonly PlannedStep[];
  /** For every output frame the index of the prompt part that it follows. */
  readonly partOfFrame: readonly number[];
  /** Given frames on this stage's frame grid: index in `shot.given`, and the frame. */
  readonly given: readonly { readonly given: number; readonly frame: number; readonly sourceFrame: number }[];
  readonly flops: number;
}

export interface CascadePlan {
  readonly manifest: PackManifest;
  /** The stages to run or reuse, in order; the clip that a `startFrom` replaces is not among them. */
  readonly stages: readonly PlannedStage[];
  readonly flops: number;
}
