/**
 * How much memory a stage takes besides weights and runtime: what the engine's buffers weigh, exactly, and what the graph
 * needs, as the pack's author measured it. Windows are cut by this, plans show it.
 */
import type { StageSpec } from '#shared/pack-manifest';
import { rgbChannels } from './clip';
import { takesGivenFrames } from './given-frames';
import { keptBytes } from './low-res';

/** Shape of the clip that a stage enlarges. */
export interface InputShape {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
}

/** A window by its volume. */
export interface WindowVolume {
  readonly coreFrames: number;
  readonly shownFrames: number;
  /** Pixels of a frame of the tile that the network is shown. */
  readonly shownPixels: number;
}

const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/** Memory of a window: what it takes alone, and what each takes that is made ready meanwhile. */
export interface WindowBytes {
  readonly alone: number;
  readonly ahead: number;
}

export function windowBytes(spec: StageSpec, window: WindowVolume): WindowBytes {
  const framePixels = spec.output.height * spec.output.width;
  const pixelBytes = rgbChannels * floatBytes;
  const shown = window.shownFrames * window.shownPixels;
  const graph = spec.cost.bytesPerFrame * (shown / framePixels);
  const predictions = shown * pixelBytes * (spec.guidance.kind === 'none' ? 1 : 2);
  const latent = window.shownFrames * framePixels * pixelBytes;
  const xHat = window.coreFrames * framePixels * pixelBytes;
  const rgb = window.coreFrames * framePixels * rgbChannels;
  const lowRes = spec.lowRes?.resize === 'engine' ? latent : 0;
  const given = takesGivenFrames(spec) ? latent + latent / rgbChannels : 0;
  const conditioning = (lowRes + given) * (shown / (window.shownFrames * framePixels));
  const fed = shown * pixelBytes + conditioning;
  const tileCopies = window.shownPixels < framePixels ? fed : 0;
  return {
    alone: graph + predictions + latent + xHat + rgb + lowRes + given + tileCopies + fed,
    ahead: predictions + latent + lowRes + tileCopies + fed,
  };
}

/** Memory that a run holds from its first to its last window. */
export function heldBytes(spec: StageSpec, input: InputShape | undefined, givenFrames: number): number {
  const pictures = givenFrames * spec.output.height * spec.output.width * rgbChannels * floatBytes;
  return pictures + (input === undefined ? 0 : keptBytes(input)) + stateBytes(spec);
}

/** Carried states of both branches, old and new. */
function stateBytes({ window, output }: StageSpec): number {
  if (window.kind !== 'causal') return 0;
  const elements = window.states.map(
    ({ frames, channels, cellPixels }) =>
      frames * channels * Math.ceil(output.height / cellPixels) * Math.ceil(output.width / cellPixels),
  );
  return 4 * floatBytes * elements.reduce((sum, count) => sum + count, 0);
}
