/**
 * From the predictions of one window to x̂ of its core: guidance, parameterisation, the check that everything is finite and
 * static thresholding in one loop, because the loop is over hundreds of millions of numbers and memory is what limits it.
 */
import { lengthOf, type Clip, type Window } from './clip';
import type { Branch } from './denoiser';
import type { XHatFrom } from './parameterisation';
import { clipped, quicklyClipped, quicklyClippedBelow } from './thresholding';

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

/** A frame of a window, and where the window lies in the clip. */
export interface FramePlace {
  readonly frame: number;
  readonly core: Window;
  readonly shown: Window;
}

/**
 * Writes x̂ of one frame into the core's rectangle of `xHat`. `xHat` holds whole frames from `core.frames.from` on, `zT` whole frames from
 * `shown.frames.from` on. Returns whether every x̂ was finite before it was clipped.
 */
export function writeGuidedXHat(xHat: Clip, zT: Clip, guided: GuidedXHat, { frame, core, shown }: FramePlace): boolean {
  const [{ prediction }] = guided.predictions;
  const width = lengthOf(core.columns);
  let sum = 0;
  for (let channel = 0; channel < xHat.channels; channel++) {
    for (let row = core.rows.from; row < core.rows.to; row++) {
      const inWindow = rowStart(prediction, frame - shown.frames.from, channel, row - shown.rows.from);
      const inXHat = rowStart(xHat, frame - core.frames.from, channel, row) + core.columns.from;
      const inZT = rowStart(zT, frame - shown.frames.from, channel, row) + core.columns.from;
      sum += writeRow(
        xHat.data.subarray(inXHat, inXHat + width),
        zT.data.subarray(inZT, inZT + width),
        inWindow + core.columns.from - shown.columns.from,
        guided,
      );
    }
  }
  return Number.isFinite(sum);
}

/** One row of x̂. Returns the sum of its magnitudes before they were clipped, which in float64 is finite exactly when all of them are. */
function writeRow(xHat: Float32Array, zT: Float32Array, at: number, { predictions, from, limit }: GuidedXHat): number {
  const [first, second] = predictions;
  const p = first.prediction.data.subarray(at, at + xHat.length);
  const pShare = from.prediction * first.share;
  const q = second?.prediction.data.subarray(at, at + xHat.length);
  const qShare = from.prediction * (second?.share ?? 0);
  const mix = (isQuick: boolean): number =>
    q === undefined
      ? mixRow(xHat, { z: zT, zShare: from.zT, p, pShare, isQuick })
      : mixGuidedRow(xHat, { z: zT, zShare: from.zT, p, pShare, q, qShare, isQuick });
  const isQuick = limit === 1;
  const sum = mix(isQuick);
  if (limit === Infinity || (isQuick && sum < quicklyClippedBelow)) return sum;
  if (isQuick) mix(false);
  for (let i = 0; i < xHat.length; i++) xHat[i] = clipped(xHat[i] ?? NaN, limit);
  return sum;
}

interface Row {
  readonly z: Float32Array;
  readonly zShare: number;
  readonly p: Float32Array;
  readonly pShare: number;
  /** Clipped to ±1 on the way, which is right while all is below `quicklyClippedBelow`; else not clipped. */
  readonly isQuick: boolean;
}

function mixRow(xHat: Float32Array, { z, zShare, p, pShare, isQuick }: Row): number {
  let sum = 0;
  for (let i = 0; i < xHat.length; i++) {
    const x = Math.fround(zShare * (z[i] ?? NaN) + pShare * (p[i] ?? NaN));
    sum += Math.abs(x);
    xHat[i] = isQuick ? quicklyClipped(x) : x;
  }
  return sum;
}

function mixGuidedRow(
  xHat: Float32Array,
  { z, zShare, p, pShare, q, qShare, isQuick }: Row & { readonly q: Float32Array; readonly qShare: number },
): number {
  let sum = 0;
  for (let i = 0; i < xHat.length; i++) {
    const guided = pShare * (p[i] ?? NaN) + qShare * (q[i] ?? NaN);
    const x = Math.fround(zShare * (z[i] ?? NaN) + guided);
    sum += Math.abs(x);
    xHat[i] = isQuick ? quicklyClipped(x) : x;
  }
  return sum;
}

function rowStart(clip: Clip, frame: number, channel: number, row: number): number {
  return ((frame * clip.channels + channel) * clip.height + row) * clip.width;
}

/** Index of the first NaN or infinity, −1 where there is none. */
export function firstNotFinite(values: Float32Array): number {
  return values.findIndex((value) => !Number.isFinite(value));
}
