/**
 * From the predictions of one window to x̂ of its core: guidance, parameterisation, the check that everything is finite and
 * static thresholding in one loop, because the loop is over hundreds of millions of numbers and memory is what limits it.
 */
import { lengthOf, type Clip, type Window } from './clip';
import type { Branch } from './denoiser';
import type { XHatFrom } from './parameterisation';

/** A branch's prediction for the window shown, and its share of the guided prediction. */
export interface WeightedPrediction {
  readonly branch: Branch;
  readonly prediction: Clip;
  readonly share: number;
}

/** One or two: without and with guidance. */
export type Predictions = readonly [WeightedPrediction, WeightedPrediction | undefined];

/** x̂ = clip(zT·z + prediction·Σ share·prediction, −limit, limit). */
export interface GuidedXHat {
  readonly predictions: Predictions;
  readonly from: XHatFrom;
  /** `Infinity` for no clipping. */
  readonly limit: number;
}

/** Where a window lies in the clip. */
export interface WindowPlace {
  readonly core: Window;
  readonly shown: Window;
}

/**
 * Writes x̂ into the core's rectangle of `xHat`. `xHat` holds whole frames from `core.frames.from` on, `zT` whole frames from
 * `shown.frames.from` on. Returns whether every x̂ was finite before it was clipped.
 */
export function writeGuidedXHat(xHat: Clip, zT: Clip, guided: GuidedXHat, { core, shown }: WindowPlace): boolean {
  const mixRow = rowMixer(xHat.data, zT.data, guided);
  const [{ prediction }] = guided.predictions;
  const columns = lengthOf(core.columns);
  let notFinite = 0;
  for (let frame = core.frames.from; frame < core.frames.to; frame++) {
    for (let channel = 0; channel < xHat.channels; channel++) {
      for (let row = core.rows.from; row < core.rows.to; row++) {
        const inTile = rowStart(prediction, frame - shown.frames.from, channel, row - shown.rows.from);
        notFinite += mixRow(
          rowStart(xHat, frame - core.frames.from, channel, row) + core.columns.from,
          rowStart(zT, frame - shown.frames.from, channel, row) + core.columns.from,
          inTile + core.columns.from - shown.columns.from,
          columns,
        );
      }
    }
  }
  return notFinite === 0;
}

type MixRow = (atXHat: number, atZT: number, atPrediction: number, length: number) => number;

/** One row of the sum. Returns 0, or NaN where a number was not finite: x − x is 0 for finite x alone. */
function rowMixer(xHat: Float32Array, zT: Float32Array, { predictions, from, limit }: GuidedXHat): MixRow {
  const [first, second] = predictions;
  const p = first.prediction.data;
  const q = second?.prediction.data ?? p;
  const pShare = from.prediction * first.share;
  const qShare = from.prediction * (second?.share ?? 0);
  const zShare = from.zT;
  return (atXHat, atZT, atPrediction, length) => {
    let notFinite = 0;
    for (let i = 0; i < length; i++) {
      const guided = pShare * (p[atPrediction + i] ?? NaN) + qShare * (q[atPrediction + i] ?? NaN);
      const x = Math.fround(zShare * (zT[atZT + i] ?? NaN) + guided);
      notFinite += x - x;
      xHat[atXHat + i] = Math.max(-limit, Math.min(limit, x));
    }
    return notFinite;
  };
}

function rowStart(clip: Clip, frame: number, channel: number, row: number): number {
  return ((frame * clip.channels + channel) * clip.height + row) * clip.width;
}

/** Index of the first NaN or infinity, −1 where there is none. */
export function firstNotFinite(values: Float32Array): number {
  return values.findIndex((value) => !Number.isFinite(value));
}
