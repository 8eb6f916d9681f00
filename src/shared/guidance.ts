/**
 * How strongly each sampling step is pulled towards the prompt.
 *
 * `weight` is the papers' w: prediction = (1 + w)·conditional − w·unconditional (Ho & Salimans 2022, eq. 6; Imagen Video
 * section 2.4). Most user interfaces call 1 + w the "scale".
 */
import { z } from 'zod';

export const guidanceWeightSchema = z.number().min(-1).max(50);

export const guidanceCurveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), weight: guidanceWeightSchema }),
  z
    .strictObject({
      kind: z.literal('oscillating'),
      high: guidanceWeightSchema,
      low: guidanceWeightSchema,
      /** First step of the window. Before it the weight is `high`. */
      fromStep: z.int().nonnegative(),
      /** First step after the window, where the weight is `low`; absent: the window lasts to the end. */
      toStep: z.int().positive().optional(),
      /** Steps of one high-low cycle; inside the window each half lasts `period / 2` steps, `high` first. */
      period: z
        .int()
        .min(2)
        .refine((period) => period % 2 === 0, 'must be even')
        .default(2),
    })
    .refine((curve) => curve.toStep === undefined || curve.toStep > curve.fromStep, 'toStep must come after fromStep'),
  z.strictObject({
    kind: z.literal('curve'),
    /** Piecewise linear over progress: 0 is the first sampling step, 1 the last. */
    points: z
      .array(z.strictObject({ at: z.number().min(0).max(1), weight: guidanceWeightSchema }))
      .min(2)
      .max(64)
      .refine(
        (points) => points.every((p, i) => i === 0 || p.at > (points[i - 1]?.at ?? 0)),
        'points must run left to right',
      ),
  }),
]);
export type GuidanceCurve = z.infer<typeof guidanceCurveSchema>;

export const thresholdingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('static') }),
  /** Imagen section 2.3: s = max(1, quantile of |x̂|), x̂ ← clip(x̂, −s, s) / s. */
  z.strictObject({
    kind: z.literal('dynamic'),
    percentile: z.number().gt(0.5).max(1).default(0.95),
    cap: z.number().min(1).optional(),
  }),
]);
export type Thresholding = z.infer<typeof thresholdingSchema>;

export const samplerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ddim') }),
  /** γ interpolates log-variances between the lower (0) and upper (1) bound (Imagen Video section 2.1, eq. 5). */
  z.strictObject({ kind: z.literal('ancestral'), gamma: z.number().min(0).max(1).default(0.3) }),
  /** The stochastic sampler of guided distillation (Meng et al. 2022, section 4). */
  z.strictObject({ kind: z.literal('stochastic-n-step') }),
  z.strictObject({ kind: z.literal('euler') }),
  z.strictObject({ kind: z.literal('heun') }),
]);
export type SamplerChoice = z.infer<typeof samplerSchema>;
