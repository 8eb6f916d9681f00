/**
 * Guidance as text: `4` is constant, `15,1@3-13` oscillates between 15 and 1 inside the steps 3 to 12, `0:8,1:2` is a curve over
 * progress. Weights are the papers' w. Pure.
 */
import { guidanceCurveSchema, type GuidanceCurve } from '#shared/guidance';
import { unexpected } from '../options/value-parsers';

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)`;
const oscillation = new RegExp(`^(${number}),(${number})@(\\d+)(?:-(\\d+))?(?:/(\\d+))?$`);
const point = new RegExp(`^(${number}):(${number})$`);

/** Throws `invalid-argument`. */
export function parseGuidance(text: string): GuidanceCurve {
  if (new RegExp(`^${number}$`).test(text)) return checked(text, { kind: 'constant', weight: Number(text) });
  if (text.includes('@')) return parseOscillation(text);
  const points = text.split(',').map((part) => point.exec(part));
  if (points.length < 2 || points.includes(null))
    throw unexpected('a weight (4), an oscillation (15,1@3-13) or a curve (0:8,0.5:4,1:1)', text);
  return checked(text, {
    kind: 'curve',
    points: points.map((found) => ({ at: Number(found?.[1]), weight: Number(found?.[2]) })),
  });
}

/** `high,low@from-to/period`; `-to` and `/period` may be left out. Throws `invalid-argument`. */
export function parseOscillation(text: string): GuidanceCurve {
  const [, high, low, from, to, period] = oscillation.exec(text) ?? [];
  if (high === undefined) throw unexpected('high,low@from-to, such as 15,1@3-13', text);
  return checked(text, {
    kind: 'oscillating',
    high: Number(high),
    low: Number(low),
    fromStep: Number(from),
    ...(to !== undefined && { toStep: Number(to) }),
    ...(period !== undefined && { period: Number(period) }),
  });
}

function checked(text: string, curve: unknown): GuidanceCurve {
  const parsed = guidanceCurveSchema.safeParse(curve);
  if (parsed.success) return parsed.data;
  throw unexpected(`guidance that makes sense (${parsed.error.issues[0]?.message ?? 'invalid'})`, text);
}
