/**
 * Where the studio gets imported media: paths on its own origin, by the hash of the file. What they give never changes, so it may be cached for
 * good. Built here, parsed by main; with the numbers that both must agree on.
 */
import type { Sha256, Size } from '../units';

/** Samples a second that sound is kept at, in interleaved 16-bit stereo. */
export const soundRate = 48_000;
/** Samples that a pair of a waveform's outline stands for: 5 ms. */
export const peakSamples = 256;
/** Pictures in each sheet of a film strip. */
export const sheetFrames = 32;
/** Longest side of a picture that can be asked for. */
export const longestSide = 8192;

/** A short-GOP H.264 film of the media's own frames, to play and seek. Its colours are not exact. 404 until it is made. */
export function importedFilmUrl(media: Sha256): string {
  return `/imported/${media}/film.mp4`;
}

/** One frame from the user's file, lossless, stretched to `size`; pictures keep their transparency. `frame` from 0. */
export function importedFrameUrl(media: Sha256, frame: number, { width, height }: Size): string {
  return `/imported/${media}/frame/${frame}.png?width=${width}&height=${height}`;
}

/** A small picture of it, from its first tenth. */
export function importedThumbnailUrl(media: Sha256): string {
  return `/imported/${media}/thumbnail.png`;
}

/** The `sheet`-th `sheetFrames` pictures of the film strip, side by side; each `stripStep` frames after the one before. */
export function importedSheetUrl(media: Sha256, sheet: number): string {
  return `/imported/${media}/strip/${sheet}.jpg`;
}

/** All samples, for ranges of bytes. 404 until it is made. */
export function importedSoundUrl(media: Sha256): string {
  return `/imported/${media}/sound.pcm`;
}

/** Pairs of signed bytes, least and greatest, one for every `peakSamples` samples. */
export function importedPeaksUrl(media: Sha256): string {
  return `/imported/${media}/peaks.s8`;
}

/** As many as are worth their bytes, however long the film. */
const mostStripFrames = 1024;

/** Frames from one picture of a film strip to the next. */
export function stripStep(frames: number): number {
  return Math.max(1, Math.ceil(frames / mostStripFrames));
}
