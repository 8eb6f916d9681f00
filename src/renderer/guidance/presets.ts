/** Guidance to begin with: a table of what is known to work, fitted to a stage. Pure. */
import type { GuidanceCurve } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';

export const builtInPresets = ['gentle', 'strong', 'oscillating', 'fading'] as const;
export type BuiltInPreset = (typeof builtInPresets)[number];

export function builtInCurve(preset: BuiltInPreset, steps: number): GuidanceCurve {
  switch (preset) {
    case 'gentle':
      return { kind: 'constant', weight: 2 };
    case 'strong':
      return { kind: 'constant', weight: 8 };
    // Imagen Video, section 2.4: high first, then high and low by turns, so that colours do not saturate.
    case 'oscillating':
      return { kind: 'oscillating', high: 15, low: 1, fromStep: Math.round(steps / 4), period: 2 };
    case 'fading':
      return {
        kind: 'curve',
        points: [
          { at: 0, weight: 8 },
          { at: 1, weight: 1 },
        ],
      };
  }
}

/** With weights that the stage takes: a distilled one was trained within a range. */
export function fittingCurve(curve: GuidanceCurve, support: StageSpec['guidance']): GuidanceCurve {
  if (support.kind !== 'distilled') return curve;
  const within = (weight: number): number => Math.min(support.weightMax, Math.max(support.weightMin, weight));
  switch (curve.kind) {
    case 'constant':
      return { ...curve, weight: within(curve.weight) };
    case 'oscillating':
      return { ...curve, high: within(curve.high), low: within(curve.low) };
    case 'curve':
      return { ...curve, points: curve.points.map((point) => ({ ...point, weight: within(point.weight) })) };
  }
}

/** Fields in any order say the same. */
export function isSameCurve(a: GuidanceCurve, b: GuidanceCurve): boolean {
  return textOf(a) === textOf(b);
}

function textOf(curve: GuidanceCurve): string {
  return JSON.stringify(Object.entries(curve).sort(([a], [b]) => a.localeCompare(b)));
}
