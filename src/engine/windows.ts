/**
 * Cutting a stage into windows that fit in memory. A window computes its core and is shown a halo around it, as wide as the
 * network's receptive field, so that the cores put together equal the clip computed at once. Frames are cut first, in order,
 * which carried states need; every run of frames is then cut into the same tiles.
 *
 * Where a manifest names no spatial halo (0 pixels), frames are not cut into tiles.
 */
import { SluiceError } from '#shared/errors';
import type { StageSpec, StageWindow } from '#shared/pack-manifest';
import { mebibyte } from '#shared/units';
import { lengthOf, type Range } from './clip';
import { windowBytes, type InputShape } from './stage-memory';

/** Windows that the network has been asked for while another is used. With one alone it waits wherever the disk or a collection of
 * garbage makes the engine late. */
export const windowsAhead = 2;

/** Runs of frames whose z is in use at a time. */
export const runsInUse = windowsAhead + 1;

/** One axis of a window: what it computes, and what the network is shown for that. */
export interface Cut {
  readonly core: Range;
  readonly shown: Range;
}

export interface Tile {
  readonly rows: Cut;
  readonly columns: Cut;
}

export interface StageWindows {
  /** Runs of frames, in order. */
  readonly runs: readonly Cut[];
  /** The tiles of every run. */
  readonly tiles: readonly Tile[];
  /** Memory of the largest window, as `windowBytes` estimates it, */
  readonly largestBytes: number;
  /** and of those made ready meanwhile, where there are several. */
  readonly bytes: number;
}

/**
 * Electron's allocator ends the process at one oversized allocation, and the runtime's arena grows by powers of two
 * (electron#44291, onnxruntime#29763): a window that can be cut stays below this, however much memory is allowed.
 */
const mostWindowBytes = 512 * mebibyte;

/** Most tiles along an axis: beyond, halos outweigh what a tile computes. */
const mostTiles = 16;

/**
 * The windows of a stage that stay within `memoryBytes` and compute the fewest pixels twice. `input`: the clip it enlarges.
 * Throws `out-of-memory` where even the smallest exceed it.
 */
export function planWindows(spec: StageSpec, input: InputShape | undefined, memoryBytes: number): StageWindows {
  const ways = tilings(spec, input);
  const fits = ({ bytes }: StageWindows): boolean => bytes <= memoryBytes;
  const isModest = (windows: StageWindows): boolean => fits(windows) && windows.largestBytes <= mostWindowBytes;
  const modest = ways.map((tiles) => fewestRuns(spec, tiles, isModest)).filter(isModest);
  const [first, ...others] = modest.length > 0 ? modest : ways.map((tiles) => mostRuns(spec, tiles)).filter(fits);
  if (first === undefined) throw tooLittleMemory(spec, input, memoryBytes);
  return others.reduce((best, windows) => (shownVolume(windows) < shownVolume(best) ? windows : best), first);
}

/** The fewest runs of frames with which these tiles fit, or single frames where none do. */
function fewestRuns(spec: StageSpec, tiles: readonly Tile[], fits: (windows: StageWindows) => boolean): StageWindows {
  const { frames } = spec.output;
  for (let count = 1; ;) {
    const windows = withRuns(spec, tiles, count);
    const longest = Math.ceil(frames / count);
    if (fits(windows) || longest === 1 || spec.window.kind === 'whole') return windows;
    count = Math.ceil(frames / (longest - 1));
  }
}

/** Runs of single frames, or the whole clip where it cannot be cut. */
function mostRuns(spec: StageSpec, tiles: readonly Tile[]): StageWindows {
  return withRuns(spec, tiles, spec.window.kind === 'whole' ? 1 : spec.output.frames);
}

function withRuns(spec: StageSpec, tiles: readonly Tile[], count: number): StageWindows {
  const halo = spec.window.kind === 'halo' ? spec.window.haloFrames : 0;
  const runs = cutAxis({ length: spec.output.frames, count, halo, unit: 1 });
  const { alone, ahead } = windowBytes(spec, {
    coreFrames: Math.max(...runs.map(({ core }) => lengthOf(core))),
    shownFrames: Math.max(...runs.map(({ shown }) => lengthOf(shown))),
    shownPixels: Math.max(...tiles.map(shownPixels)),
  });
  const others = runs.length * tiles.length - 1;
  return { runs, tiles, largestBytes: alone, bytes: alone + Math.min(others, windowsAhead) * ahead };
}

/** The ways to cut a frame, in powers of two, the uncut frame first. */
function tilings({ window, output }: StageSpec, input: InputShape | undefined): readonly (readonly Tile[])[] {
  const unit = tileUnit(window, output, input);
  const axis = (length: number): Cut[][] =>
    tileCounts(unit === undefined ? 1 : Math.floor(length / unit.pixels)).map((count) =>
      cutAxis({ length, count, halo: unit?.halo ?? 0, unit: unit?.pixels ?? 1 }),
    );
  return axis(output.height).flatMap((rows) =>
    axis(output.width).map((columns) =>
      rows.flatMap((row) => columns.map((column) => ({ rows: row, columns: column }))),
    ),
  );
}

function tileCounts(most: number): number[] {
  return [1, 2, 4, 8, mostTiles].filter((count) => count === 1 || count <= most);
}

/** Tiles begin at multiples of this; undefined where frames cannot be cut. */
function tileUnit(
  window: StageWindow,
  output: { readonly height: number; readonly width: number },
  input: InputShape | undefined,
): { readonly pixels: number; readonly halo: number } | undefined {
  if (window.kind === 'whole' || window.haloPixels === 0) return undefined;
  const scales = input === undefined ? [1] : [output.height / input.height, output.width / input.width];
  if (!scales.every(Number.isInteger)) return undefined;
  return { pixels: scales.reduce(leastCommonMultiple, window.multipleOf), halo: window.haloPixels };
}

/** `count` nearly equal pieces of an axis at multiples of `unit`, each shown `halo` more on both sides, widened to `unit`. */
export function cutAxis(axis: { length: number; count: number; halo: number; unit: number }): Cut[] {
  const { length, count, unit } = axis;
  const halo = Math.ceil(axis.halo / unit) * unit;
  const at = (i: number): number => (i === count ? length : Math.round((i * length) / (count * unit)) * unit);
  return Array.from({ length: count }, (_, i) => ({
    core: { from: at(i), to: at(i + 1) },
    shown: { from: Math.max(0, at(i) - halo), to: Math.min(length, at(i + 1) + halo) },
  }));
}

function shownPixels(tile: Tile): number {
  return lengthOf(tile.rows.shown) * lengthOf(tile.columns.shown);
}

function shownVolume({ runs, tiles }: StageWindows): number {
  const frames = runs.reduce((sum, run) => sum + lengthOf(run.shown), 0);
  return frames * tiles.reduce((sum, tile) => sum + shownPixels(tile), 0);
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function tooLittleMemory(spec: StageSpec, input: InputShape | undefined, memoryBytes: number): SluiceError {
  const neededBytes = Math.min(...tilings(spec, input).map((tiles) => mostRuns(spec, tiles).bytes));
  const inMebibytes = (bytes: number): number => Math.ceil(bytes / mebibyte);
  return new SluiceError(
    'out-of-memory',
    `Stage "${spec.id}" needs about ${inMebibytes(neededBytes)} MiB for its smallest window, but ` +
      `${inMebibytes(Math.max(0, memoryBytes))} MiB are left for it. Raise the memory setting by ${inMebibytes(neededBytes - memoryBytes)} MiB.`,
    { details: { stage: spec.id, neededBytes, memoryBytes } },
  );
}
