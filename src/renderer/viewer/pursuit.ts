/** How a film that plays is kept at the frame that is wanted: slightly faster or slower where it is a little off, by a seek where far. Pure. */

export type Pursuit = { readonly kind: 'play'; readonly rate: number } | { readonly kind: 'seek' };

/** Seconds of a film at normal speed from which on it would take too long to catch up. */
const farSec = 0.2;

/** Part of its speed that a film plays faster or slower to catch up: what is nearly far off takes two seconds, and no motion looks hurried. */
const haste = 0.1;

/**
 * `aheadSec`: of the middle of the wanted frame, in the film's own time; negative where it is late. `rate`: times normal speed, above 0.
 * Within half of a frame it shows the wanted one: so do all that are to be in step.
 */
export function pursuitOf(aheadSec: number, rate: number, fps: number): Pursuit {
  const off = Math.abs(aheadSec);
  if (off > farSec * Math.max(1, rate)) return { kind: 'seek' };
  if (off <= 0.5 / fps) return { kind: 'play', rate };
  return { kind: 'play', rate: rate * (1 - Math.sign(aheadSec) * haste) };
}
