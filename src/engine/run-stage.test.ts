import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cancellation, isCancellation } from '#shared/errors';
import type { Preview } from '#shared/inference-contract';
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
import { framesOf } from './clip';
import type { StageNetwork } from './denoiser';
import { MemoryLatentStore } from './memory-latent-store.test-port';
import { pixelsFrom8Bit } from './pixels';
import { resolveParameters } from './plan-parameters';
import { runStage } from './run-stage';
import { heldBytes } from './stage-memory';
import type { StageRun } from './stage-run';
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

const flowStage = stageSpec({ parameterisation: 'flow', schedule: { kind: 'shifted-linear', shift: 3 }, cost });

test('Heun evaluates twice a step, and its windows equal the whole as well', async () => {
  const spec = { ...flowStage, window: stageSpec({ window: halo }).window };
  for (const thresholding of thresholdings) {
    const overrides: StageOverrides = { sampler: { kind: 'heun' }, steps: 3, thresholding };
    const whole = await runConvolution('centred', spec, overrides, 2 ** 30);
    const cut = await runConvolution('centred', spec, overrides, memoryFor(spec, 0.5));
    expect(whole.evaluations).toBe(5);
    expect(cut.evaluations).toBeGreaterThan(5);
    expect(cut.rgb).toEqual(whole.rgb);
  }
});

test('the seed and the stage decide the result', async () => {
  const run = async (changes: Partial<StageRun>) =>
    (await finishStage(stageRun({ spec: stageSpec(), network: convolutionNetwork('centred'), ...changes }))).rgb;
  const first = await run({});
  expect(await run({})).toEqual(first);
  expect(await run({ seed: 2 })).not.toEqual(first);
  expect(await run({ spec: stageSpec({ id: 'other' }) })).not.toEqual(first);
});

test('given frames are in the result, as far as 8 bits hold them', async () => {
  const spec = stageSpec({ ...enlarging, output: { frames: 8, height: 5, width: 7, fps: 8 }, lowRes: undefined });
  const outcome = await runConvolution('centred', spec, {}, 2 ** 30);
  const frameBytes = 5 * 7 * 3;
  expect(outcome.rgb.slice(5 * frameBytes, 6 * frameBytes)).toEqual(await picture.read(0, 1));
});

test('a distilled network is told w, one that enlarges the level of its input, and both are evaluated once', async () => {
  const guidance = { kind: 'distilled', weightMin: 0, weightMax: 8 };
  const inputs = [...enlarging.inputs, 'guidance_weight'];
  const network = convolutionNetwork('centred');
  const spec = stageSpec({ ...enlarging, inputs, guidance });
  const parameters = resolveParameters(spec, {
    steps: 3,
    guidance: { kind: 'oscillating', high: 6, low: 1, fromStep: 1, period: 2 },
  });
  await finishStage(stageRun({ spec, network, parameters, input }));
  expect(network.calls.map((call) => call.guidanceWeight)).toEqual([6, 6, 1]);
  expect(network.calls.map((call) => call.lowResLogSnr)).toEqual([4, 4, 4]);
  expect(network.calls.map((call) => call.branch)).toEqual(['conditional', 'conditional', 'conditional']);
  network.calls.length = 0;
  await finishStage(stageRun({ spec, network, parameters, input, negativePrompt: true }));
  expect(network.calls.map((call) => call.guidanceWeight)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(network.calls.slice(0, 2).map((call) => call.branch)).toEqual(['conditional', 'negative']);
});

test('a graph gets the inputs that its manifest lists, and no others', async () => {
  const network = convolutionNetwork('centred');
  await finishStage(stageRun({ spec: stageSpec(), network, negativePrompt: true, given: [] }));
  expect(Object.keys(network.calls[0]!).sort()).toEqual(['branch', 'logSnr', 'partOfFrame', 'zT']);
});

test('where the engine resizes, the graph gets the input at its own size, and blank frames between real ones', async () => {
  const lowRes = { resize: 'engine', temporal: 'blank' };
  const spec = stageSpec({ ...enlarging, lowRes, window: halo, cost });
  const network = convolutionNetwork('centred');
  await finishStage(stageRun({ spec, network, input }));
  const { lowRes: seen, lowResKnown } = network.calls[0]!;
  expect([seen!.frames, seen!.height, seen!.width]).toEqual([8, 8, 12]);
  expect([...lowResKnown!]).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  expect(framesOf(seen!, 1, 2).data.every((value) => value === 0)).toBe(true);
  expect(framesOf(seen!, 2, 3).data.some((value) => value !== 0)).toBe(true);
  const whole = await runConvolution('centred', spec, {}, 2 ** 30);
  expect((await runConvolution('centred', spec, {}, memoryFor(spec, 0.5))).rgb).toEqual(whole.rgb);
});

test('a run stopped between steps goes on where its latents are, to the same bytes', async () => {
  const spec = stageSpec();
  const parameters = resolveParameters(spec, { sampler: { kind: 'ancestral', gamma: 0.5 }, steps: 5 });
  const network = convolutionNetwork('centred');
  const undisturbed = await finishStage(stageRun({ spec, network, parameters }));
  const latents = new MemoryLatentStore(spec.output.frames);
  const abort = new AbortController();
  const first = runStage(stageRun({ spec, network, parameters, latents, signal: abort.signal }));
  await first.next();
  await first.next();
  await first.next();
  abort.abort(cancellation());
  await expect(first.next()).rejects.toSatisfy(isCancellation);
  expect(latents.stepsTaken).toBe(2);
  const resumed = await finishStage(stageRun({ spec, network, parameters, latents }));
  expect(resumed.evaluations).toBe(3);
  expect(resumed.rgb).toEqual(undisturbed.rgb);
});

test('nothing is evaluated after an abort, not even the other branch', async () => {
  const abort = new AbortController();
  const calls: string[] = [];
  const inner = convolutionNetwork('centred');
  const network: StageNetwork = {
    evaluate(call) {
      calls.push(call.branch);
      abort.abort(cancellation());
      return inner.evaluate(call);
    },
  };
  const spec = stageSpec();
  const parameters = resolveParameters(spec, { guidance: { kind: 'constant', weight: 2 } });
  const run = finishStage(stageRun({ spec, network, parameters, signal: abort.signal }));
  await expect(run).rejects.toSatisfy(isCancellation);
  expect(calls).toEqual(['conditional']);
});

test.each([NaN, Infinity, -Infinity])('%s from a network fails the stage, naming step and tensor', async (bad) => {
  let evaluations = 0;
  const inner = convolutionNetwork('centred');
  const network: StageNetwork = {
    async evaluate(call) {
      const prediction = await inner.evaluate(call);
      if (++evaluations === 6) prediction.data[100] = bad;
      return prediction;
    },
  };
  const spec = stageSpec();
  const parameters = resolveParameters(spec, { guidance: { kind: 'constant', weight: 2 } });
  await expect(finishStage(stageRun({ spec, network, parameters }))).rejects.toMatchObject({
    code: 'network-not-finite',
    message: expect.stringMatching(/"base".* step 3 of 4: the unconditional "prediction", frames 0 to 7/) as string,
    details: { stage: 'base', step: 2, tensor: 'prediction' },
  });
});

test('a prediction of another shape is the pack’s fault', async () => {
  const network: StageNetwork = {
    evaluate: ({ zT }) => Promise.resolve(framesOf(zT, 0, zT.frames - 1)),
  };
  await expect(finishStage(stageRun({ spec: stageSpec(), network }))).rejects.toMatchObject({ code: 'pack-invalid' });
});

test('progress counts every window of every step, and a preview follows each step', async () => {
  const spec = stageSpec({ window: halo, cost });
  const memoryBytes = 0.5 * planWindows(spec, undefined, 2 ** 40).bytes;
  const { runs, tiles } = planWindows(spec, undefined, memoryBytes);
  const { events } = await finishStage(
    stageRun({ spec, network: convolutionNetwork('centred'), memoryBytes, previewPixels: 6 }),
  );
  const total = runs.length * tiles.length;
  expect(total).toBeGreaterThan(1);
  const expected = [0, 1, 2, 3].flatMap((step) => [
    ...Array.from({ length: total }, (_, i) => ({ kind: 'progress', step, steps: 4, done: i + 1, total })),
    { kind: 'preview', step, preview: expect.objectContaining({ frames: 8, height: 4, width: 6, fps: 8 }) as Preview },
  ]);
  expect(events).toEqual(expected);
});
