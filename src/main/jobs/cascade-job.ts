/** A cascade job as the doors into main (command line, host, shell) see it: what to ask for, what happens, what comes out. */
import type { PlannedStage } from '#engine/plan';
import type { ErrorCode } from '#shared/errors';
import type { Preview, Provider } from '#shared/inference-contract';
import type { StageId } from '#shared/pack-manifest';
import type { Recipe } from '#shared/recipe';
import type { Shot } from '#shared/shot';
import type { Sha256 } from '#shared/units';
import type { Pack } from '../packs/pack';

export interface CascadeRequest {
  readonly pack: Pack;
  readonly shot: Shot;
  /** Absent: the best usable one of this machine. */
  readonly provider?: Provider;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Longest side of preview frames; 0: none. */
  readonly previewPixels: number;
}

/** What of a request is known before there is a shot. */
export interface CascadeMeans extends Pick<CascadeRequest, 'pack' | 'memoryBytes' | 'threads'> {
  readonly provider?: Provider | undefined;
}

/** Events of a running job, in the order of the stages. `remainingSec` is for the whole job, from measured speed. */
export type CascadeEvent =
  | {
      readonly kind: 'planned';
      readonly stages: readonly PlannedStage[];
      readonly reused: readonly StageId[];
      readonly remainingSec: number | undefined;
    }
  | {
      readonly kind: 'provider';
      readonly provider: Provider;
      readonly rejected: readonly { readonly provider: Provider; readonly reason: string }[];
    }
  | { readonly kind: 'waiting'; readonly stage: StageId; readonly holder: string }
  | { readonly kind: 'stage-started'; readonly stage: StageId; readonly resumedAtStep: number }
  | {
      readonly kind: 'progress';
      readonly stage: StageId;
      readonly step: number;
      readonly steps: number;
      readonly stageShare: number;
      readonly remainingSec: number | undefined;
    }
  /** Something that the user should know and that stops nothing. */
  | { readonly kind: 'warning'; readonly stage: StageId | undefined; readonly message: string }
  /** A stage failed in a way that another attempt may survive, and is begun again from its last checkpoint. */
  | { readonly kind: 'retrying'; readonly stage: StageId; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'preview'; readonly stage: StageId; readonly step: number; readonly preview: Preview }
  | {
      readonly kind: 'stage-finished';
      readonly stage: StageId;
      readonly key: Sha256;
      readonly seconds: number;
      readonly reused: boolean;
    };

export interface CascadeResult {
  readonly recipe: Recipe;
  /** Frame file of the last stage that ran. */
  readonly outputPath: string;
  readonly outputKey: Sha256;
}
