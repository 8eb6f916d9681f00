/**
 * Stages for tests: working implementations of the engine's ports that need no runtime. The oracle knows the clean clip; the
 * convolution mixes neighbouring frames and pixels, low-resolution input, given frames, prompt parts, λ and w, so that
 * whatever a window gets wrong shows in its prediction.
 */
import { stageSpecSchema, type StageSpec } from '#shared/pack-manifest';
import { zeroClip, type Clip } from './clip';
import type { FrameSink, FrameSource, GraphCall, StageNetwork } from './denoiser';
import { MemoryLatentStore } from './memory-latent-store.test-port';
import { variancePreserving } from './noise-level';
import { resolveParameters } from './plan-parameters';
import { runStage } from './run-stage';
import type { StageRun, StageRunEvent } from './stage-run';

type SpecInput = Record<string, unknown>;

/** A stage of 8 frames of 8 × 12, v-prediction, guided, whole; `changes` replace fields. */
export function stageSpec(changes: SpecInput = {}): StageSpec {
  return stageSpecSchema.parse({
    id: 'base',
    kind: 'base',
    title: 'Base',
    graph: 'base.onnx',
    output: { frames: 8, height: 8, width: 12, fps: 8 },
    inputs: ['z_t', 'log_snr', 'text', 'text_mask', 'text_of_frame'],
    parameterisation: 'v',
    schedule: { kind: 'cosine', logSnrMin: -20, logSnrMax: 20, shift: 1 },
    guidance: { kind: 'classifier-free' },
    window: { kind: 'whole' },
    cost: { parameters: 1, flopsPerFrame: 1000, bytesPerFrame: 1000 },
    defaults: {
      steps: 4,
      sampler: { kind: 'ddim' },
      guidance: { kind: 'constant', weight: 0 },
      thresholding: { kind: 'none' },
    },
    ...changes,
  });
}

export function framesFrom(rgb: Uint8Array, frames: number, height: number, width: number): FrameSource {
  const frameBytes = height * width * 3;
  return {
    frames,
    height,
    width,
    read: (from, to) => Promise.resolve(rgb.slice(from * frameBytes, to * frameBytes)),
  };
}

/** Keeps what it is given; frames out of order fail. */
export class CollectingSink implements FrameSink {
  readonly runs: { readonly from: number; readonly to: number }[] = [];
  readonly #pieces: Uint8Array[] = [];

  write(frames: { readonly from: number; readonly to: number }, rgb: Uint8Array): Promise<void> {
    if (frames.from !== (this.runs.at(-1)?.to ?? 0))
      throw new Error(`Frames ${frames.from} to ${frames.to} out of order.`);
    this.runs.push(frames);
    this.#pieces.push(rgb.slice());
    return Promise.resolve();
  }

  get rgb(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#pieces));
  }
}

export interface Outcome {
  readonly rgb: Uint8Array;
  readonly runs: CollectingSink['runs'];
  readonly events: readonly StageRunEvent[];
  readonly evaluations: number;
}

/** A run with everything that a test does not care about filled in. */
export function stageRun(
  changes: Partial<StageRun> & Pick<StageRun, 'spec' | 'network'>,
): StageRun & { sink: CollectingSink } {
  const { spec } = changes;
  return {
    parameters: resolveParameters(spec, {}),
    seed: 1,
    partOfFrame: Array.from({ length: spec.output.frames }, () => 0),
    negativePrompt: false,
    given: [],
    latents: new MemoryLatentStore(spec.output.frames),
    memoryBytes: 2 ** 30,
    previewPixels: 0,
    giveWay: () => Promise.resolve(),
    signal: new AbortController().signal,
    ...changes,
    sink: new CollectingSink(),
  };
}

export async function finishStage(run: StageRun & { sink: CollectingSink }): Promise<Outcome> {
  const events: StageRunEvent[] = [];
  const running = runStage(run);
  for (;;) {
    const next = await running.next();
    if (next.done) return { rgb: run.sink.rgb, runs: run.sink.runs, events, evaluations: next.value.evaluations };
    events.push(next.value);
  }
}

/** Knows the clean clip `x`, `[F, 3, H, W]`, and predicts v for it whatever z is. For whole stages. */
export function oracleNetwork(x: Float32Array): StageNetwork {
  return {
    evaluate({ zT, logSnr }) {
      const { alpha, sigma } = variancePreserving(logSnr);
      const data = zT.data.map((z, i) => (alpha * z - x[i]!) / sigma);
      return Promise.resolve({ ...zT, data });
    },
  };
}

/** One frame before and after, one pixel around; zeros outside the window, as a padded convolution sees it. */
export const convolutionHalo = { haloFrames: 1, haloPixels: 1 };

/** Frames that the causal variant looks back, carried as its state. */
export const causalFrames = 2;

export type Convolution = 'centred' | 'causal';

export function convolutionNetwork(kind: Convolution): StageNetwork & { readonly calls: GraphCall[] } {
  const calls: GraphCall[] = [];
  const states = new Map<string, Clip>();
  return {
    calls,
    evaluate(call) {
      calls.push(call);
      return Promise.resolve(kind === 'causal' ? convolveCausally(call, states) : convolve(call, call.zT, -1, 1));
    },
  };
}

function convolveCausally(call: GraphCall, states: Map<string, Clip>): Clip {
  const { zT, sequence } = call;
  const none = zeroClip(causalFrames, zT.channels, zT.height, zT.width);
  const state = (sequence && !sequence.isFirst && states.get(sequence.name)) || none;
  const seen: Clip = { ...zT, frames: causalFrames + zT.frames, data: new Float32Array([...state.data, ...zT.data]) };
  const stateLength = causalFrames * zT.channels * zT.height * zT.width;
  const nextState = { ...state, data: seen.data.slice(seen.data.length - stateLength) };
  if (sequence !== undefined) states.set(sequence.name, nextState);
  return convolve(call, seen, -causalFrames, 0, causalFrames);
}

/** Sum over frames f + first … f + last of `seen`, whose frame 0 is `ahead` frames before the window's. */
function convolve(call: GraphCall, seen: Clip, first: number, last: number, ahead = 0): Clip {
  const { zT } = call;
  const prediction = zeroClip(zT.frames, zT.channels, zT.height, zT.width);
  let i = 0;
  for (let f = 0; f < zT.frames; f++)
    for (let c = 0; c < zT.channels; c++)
      for (let y = 0; y < zT.height; y++)
        for (let x = 0; x < zT.width; x++) {
          let sum = local(call, f, c, y, x);
          for (let df = first; df <= last; df++)
            for (let dy = -1; dy <= 1; dy++)
              for (let dx = -1; dx <= 1; dx++)
                sum +=
                  (0.1 + 0.03 * df + 0.02 * dy - 0.05 * dx) * at(seen, f + ahead + df, (c + 1) % 3, y + dy, x + dx);
          prediction.data[i++] = Math.tanh(sum);
        }
  return prediction;
}

/** What the convolution adds at one pixel from everything that is not z. */
function local(call: GraphCall, f: number, c: number, y: number, x: number): number {
  const { zT, lowRes, given, givenMask } = call;
  const scaleY = lowRes === undefined ? 1 : zT.height / lowRes.height;
  const scaleX = lowRes === undefined ? 1 : zT.width / lowRes.width;
  return (
    0.3 * (call.partOfFrame[f] ?? NaN) +
    0.01 * call.logSnr +
    (call.branch === 'conditional' ? 0.1 : call.branch === 'negative' ? -0.3 : -0.1) +
    0.05 * (call.guidanceWeight ?? 0) +
    0.02 * (call.lowResLogSnr ?? 0) +
    0.2 * (call.lowResKnown?.[f] ?? 0) +
    0.7 * (lowRes === undefined ? 0 : at(lowRes, f, c, Math.floor(y / scaleY), Math.floor(x / scaleX))) +
    0.4 * (given === undefined ? 0 : at(given, f, c, y, x)) +
    0.3 * (givenMask === undefined ? 0 : at(givenMask, f, 0, y, x))
  );
}

function at(clip: Clip, f: number, c: number, y: number, x: number): number {
  if (f < 0 || f >= clip.frames || y < 0 || y >= clip.height || x < 0 || x >= clip.width) return 0;
  return clip.data[((f * clip.channels + c) * clip.height + y) * clip.width + x] ?? NaN;
}
