import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageOverrides } from '#shared/stage-parameters';
import {
  causalFrames,
  convolutionHalo,
  convolutionNetwork,
  finishStage,
  framesFrom,
  oracleNetwork,
  stageRun,
  stageSpec,
  type Convolution,
  type Outcome,
} from './analytic-stage.test-port';
import { pixelsFrom8Bit } from './pixels';
import { resolveParameters } from './plan-parameters';
import { heldBytes } from './stage-memory';
import { planWindows } from './windows';

const halo = { kind: 'halo', ...convolutionHalo, multipleOf: 2 };
const causal = {
  kind: 'causal',
  haloPixels: 1,
  multipleOf: 2,
  states: [{ frames: causalFrames, channels: 3, cellPixels: 1 }],
};
const enlarging = {
  kind: 'tsr',
  inputs: ['z_t', 'log_snr', 'low_res', 'low_res_log_snr', 'low_res_known', 'given', 'given_mask'],
  lowRes: { resize: 'graph', temporal: 'repeat', augmentation: { logSnrMin: -2, logSnrMax: 12, default: 4 } },
};
/** The graph's memory outweighs the engine's buffers, as it does in real stages: tiles are worth cutting. */
const cost = { parameters: 1, flopsPerFrame: 1000, bytesPerFrame: 100_000 };
const someBytes = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, 2654435761 + seed) >>> 24);
const input = framesFrom(someBytes(4 * 4 * 6 * 3, 1), 4, 4, 6);
const picture = framesFrom(someBytes(5 * 7 * 3, 2), 1, 5, 7);

async function runConvolution(
  kind: Convolution,
  spec: StageSpec,
  overrides: StageOverrides,
  memoryBytes: number,
): Promise<Outcome> {
  return finishStage(
    stageRun({
      spec,
      network: convolutionNetwork(kind),
      parameters: resolveParameters(spec, overrides),
      partOfFrame: [0, 0, 0, 1, 1, 1, 2, 2],
      input,
      given: [{ frame: 5, source: picture, sourceFrame: 0 }],
      memoryBytes,
      previewPixels: 6,
    }),
  );
}

/** Memory for `share` of what the stage would take as one window, and for what the run holds besides. */
function memoryFor(spec: StageSpec, share: number): number {
  return heldBytes(spec, input, 1) + share * planWindows(spec, input, 2 ** 40).bytes;
}

test('an oracle denoiser leads DDIM to the clean clip, byte for byte', async () => {
  const spec = stageSpec();
  const rgb = someBytes(8 * 8 * 12 * 3, 3);
  const x = pixelsFrom8Bit(rgb, 8, 8, 12).data;
  const outcome = await finishStage(stageRun({ spec, network: oracleNetwork(x) }));
  expect(outcome.rgb).toEqual(rgb);
  expect(outcome.evaluations).toBe(4);
});

const samplers: StageOverrides['sampler'][] = [
  { kind: 'ddim' },
  { kind: 'ancestral', gamma: 0.3 },
  { kind: 'stochastic-n-step' },
];
const thresholdings: StageOverrides['thresholding'][] = [
  { kind: 'none' },
  { kind: 'static' },
  { kind: 'dynamic', percentile: 0.9 },
];
const guidances: StageOverrides['guidance'][] = [
  { kind: 'constant', weight: 0 },
  { kind: 'constant', weight: 3 },
  { kind: 'oscillating', high: 5, low: 0, fromStep: 1, period: 2 },
];

test.each(['centred', 'causal'] as const)('a %s stage in windows equals the whole, byte for byte', async (kind) => {
  const spec = stageSpec({ ...enlarging, window: kind === 'causal' ? causal : halo, cost });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        steps: fc.integer({ min: 1, max: 4 }),
        sampler: fc.constantFrom(...samplers),
        guidance: fc.constantFrom(...guidances),
        thresholding: fc.constantFrom(...thresholdings),
      }),
      fc.double({ min: 0.3, max: 0.95, noNaN: true }),
      async (overrides, share) => {
        const whole = await runConvolution(kind, spec, overrides, 2 ** 30);
        const cut = await runConvolution(kind, spec, overrides, memoryFor(spec, share));
        expect(whole.runs).toHaveLength(1);
        expect(cut.events.length).toBeGreaterThan(whole.events.length);
        expect(cut.rgb).toEqual(whole.rgb);
        const previews = (outcome: Outcome) => outcome.events.filter((event) => event.kind === 'preview');
        expect(previews(cut)).toEqual(previews(whole));
      },
    ),
    { numRuns: 60 },
  );
});
