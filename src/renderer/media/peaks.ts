/** The outlines of sounds, loaded once, and as coarse as they are drawn: each level stands for eight pairs of the one below. */
import { importedPeaksUrl, peakSamples, soundRate } from '#shared/studio/media-imported';
import type { Sha256 } from '#shared/units';

/** Pairs of least and greatest, −127 to 127. */
export interface Outline {
  /** The finest first. */
  readonly levels: readonly Int8Array[];
}

export interface Extent {
  readonly least: number;
  readonly greatest: number;
}

export const pairsPerSec = soundRate / peakSamples;
const coarser = 8;
/** Pairs that one column of pixels looks at, at most: coarser ones otherwise. */
const mostPairs = 16;

export function outlineOf(finest: Int8Array): Outline {
  const levels = [finest];
  for (let level = finest; level.length > 2 * coarser;) {
    level = merged(level);
    levels.push(level);
  }
  return { levels };
}

/** What the sound reaches between two moments, in seconds of the media; undefined where there is none of it. */
export function extentOf({ levels }: Outline, fromSec: number, toSec: number): Extent | undefined {
  if (toSec <= 0) return undefined;
  let [from, to] = [fromSec * pairsPerSec, toSec * pairsPerSec];
  let at = 0;
  while (to - from > mostPairs && at < levels.length - 1) {
    [from, to] = [from / coarser, to / coarser];
    at += 1;
  }
  const level = levels[at] ?? new Int8Array(0);
  const first = Math.max(0, Math.floor(from));
  const behind = Math.min(level.length / 2, Math.max(first + 1, Math.ceil(to)));
  if (first >= behind) return undefined;
  let [least, greatest] = [127, -127];
  for (let pair = first; pair < behind; pair += 1) {
    least = Math.min(least, level[2 * pair] ?? 0);
    greatest = Math.max(greatest, level[2 * pair + 1] ?? 0);
  }
  return { least: least / 127, greatest: greatest / 127 };
}

function merged(level: Int8Array): Int8Array {
  const made = new Int8Array(2 * Math.ceil(level.length / 2 / coarser));
  for (let pair = 0; pair < level.length / 2; pair += 1) {
    const into = 2 * Math.floor(pair / coarser);
    made[into] = Math.min(made[into] ?? 0, level[2 * pair] ?? 0);
    made[into + 1] = Math.max(made[into + 1] ?? 0, level[2 * pair + 1] ?? 0);
  }
  return made;
}

interface Loading {
  outline: Outline | undefined;
  readonly waiting: Set<() => void>;
}

const known = new Map<Sha256, Loading>();
/** An hour takes 1.5 MB. */
const mostKnown = 64;

/** The outline once it is loaded; until then undefined, and `onReady` is called when it is. */
export function loadedOutline(media: Sha256, onReady: () => void): Outline | undefined {
  const loading = known.get(media) ?? begun(media);
  known.delete(media);
  known.set(media, loading);
  if (loading.outline === undefined) loading.waiting.add(onReady);
  return loading.outline;
}

function begun(media: Sha256): Loading {
  const loading: Loading = { outline: undefined, waiting: new Set() };
  for (const oldest of known.keys()) if (known.size >= mostKnown) known.delete(oldest);
  void load(media).then((outline) => {
    if (outline === undefined) known.delete(media);
    loading.outline = outline;
    if (outline !== undefined) for (const wake of loading.waiting) wake();
    loading.waiting.clear();
  });
  return loading;
}

async function load(media: Sha256): Promise<Outline | undefined> {
  try {
    const answer = await fetch(importedPeaksUrl(media));
    return answer.ok ? outlineOf(new Int8Array(await answer.arrayBuffer())) : undefined;
  } catch {
    return undefined;
  }
}
