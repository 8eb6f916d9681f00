/** The parts of a prompt: added, moved and removed so that they stay in order, the first at 0 s. Pure. */
import type { Shot } from '#shared/shot';

export type PromptParts = Shot['prompts'];

/** As `shotSchema` allows. */
export const mostParts = 16;
/** As finely as people set them. */
const stepSec = 0.1;

/** A part from `atSec` on, with the words that held there; in the middle of the last part where one begins there already. */
export function withPart(parts: PromptParts, atSec: number, lengthSec: number): PromptParts {
  const wanted = rounded(atSec);
  const last = parts.at(-1)?.fromSec ?? 0;
  const isFree = wanted > 0 && wanted < lengthSec && parts.every(({ fromSec }) => fromSec !== wanted);
  const fromSec = isFree ? wanted : rounded((last + lengthSec) / 2);
  if (parts.length >= mostParts || fromSec <= 0 || parts.some((part) => part.fromSec === fromSec)) return parts;
  const prompt = parts.findLast((part) => part.fromSec < fromSec)?.prompt ?? '';
  return [...parts, { fromSec, prompt }].sort((a, b) => a.fromSec - b.fromSec);
}

/** The next one begins where the first did. */
export function withoutPart(parts: PromptParts, at: number): PromptParts {
  if (parts.length < 2) return parts;
  return parts.filter((_, index) => index !== at).map((part, index) => (index === 0 ? { ...part, fromSec: 0 } : part));
}

/** Between its neighbours; the first stays. */
export function partMoved(parts: PromptParts, at: number, toSec: number, lengthSec: number): PromptParts {
  const part = parts[at];
  if (part === undefined || at === 0) return parts;
  const { least, most } = roomOf(parts, at, lengthSec);
  return parts.with(at, { ...part, fromSec: rounded(Math.min(most, Math.max(least, toSec))) });
}

/** Where a part may begin. */
export function roomOf(
  parts: PromptParts,
  at: number,
  lengthSec: number,
): { readonly least: number; readonly most: number } {
  const before = parts[at - 1]?.fromSec ?? 0;
  const after = parts[at + 1]?.fromSec ?? lengthSec;
  return { least: rounded(before + stepSec), most: Math.max(rounded(before + stepSec), rounded(after - stepSec)) };
}

function rounded(seconds: number): number {
  return Math.round(seconds / stepSec) / (1 / stepSec);
}
