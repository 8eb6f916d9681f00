/**
 * The cascade plan: from a pack's manifest and a shot, everything that will run and what it will cost, before anything runs.
 * Plain data, made by `planCascade`.
 */
import type { ClipShape, PackManifest, StageId, StageSpec } from '#shared/pack-manifest';
import type { StageParameters } from '#shared/stage-parameters';

/** One step of a stage. */
export interface PlannedStep {
  readonly step: number;
  /** λ before and after the step; −∞ where a flow begins, `Infinity` after the last step, which ends at clean pixels. */
  readonly logSnrFrom: number;
  readonly logSnrTo: number;
  readonly guidanceWeight: number;
  /** Network evaluations of this step per window: 2 with classifier-free guidance at w ≠ 0, twice that for Heun. */
  readonly evaluations: number;
}

export interface PlannedStage {
  readonly spec: StageSpec;
  readonly id: StageId;
  /** Clip that the stage enlarges; absent for a base. */
  readonly input?: ClipShape;
  readonly output: ClipShape;
  readonly parameters: StageParameters;
  readonly seed: number;
  readonly steps: readonly PlannedStep[];
  /** For every output frame the index of the prompt part that it follows. */
  readonly partOfFrame: readonly number[];
  /** What this stage's graph is given: frame `sourceFrame` of `shot.given[given]` at `frame` of this stage's clip. */
  readonly given: readonly { readonly given: number; readonly frame: number; readonly sourceFrame: number }[];
  /** Of all steps, without what windows compute twice. */
  readonly flops: number;
}

export interface CascadePlan {
  readonly manifest: PackManifest;
  /** The stages to run or reuse, in order; the clip that a `startFrom` replaces is not among them. */
  readonly stages: readonly PlannedStage[];
  readonly flops: number;
}
