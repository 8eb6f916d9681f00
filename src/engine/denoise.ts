/**
 * One sweep of the denoiser through a clip at one noise level: run of frames by run of frames, tile by tile, the branches of
 * guidance inside. Here the network is called: windows, conditioning, carried states and guidance go in, x̂ comes out.
 */
import { SluiceError } from '#shared/errors';
import { crop, type Clip, type Range } from './clip';
import type { GraphCall } from './denoiser';
import type { GivenWindow } from './given-frames';
import { branchShares, type BranchShare } from './guidance';
import { firstNotFinite, writeGuidedXHat, type Predictions, type WeightedPrediction } from './guided-x-hat';
import type { LowResFrames } from './low-res';
import { logSnrInput, type NoiseLevel } from './noise-level';
import type { OpenStage } from './open-stage';
import { xHatFrom } from './parameterisation';
import type { PlannedStep } from './plan';
import type { StageRunEvent } from './stage-run';
import type { Cut, Tile } from './windows';

export class DenoiserSweep {
  /** Carried states by branch and tile. They pass from one run of frames to the next, so runs must come in order. */
  readonly #states = new Map<string, readonly Clip[]>();
  readonly #shares: readonly [BranchShare, BranchShare?];

  constructor(
    private readonly stage: OpenStage,
    private readonly step: PlannedStep,
    private readonly at: NoiseLevel,
    private readonly progress: () => StageRunEvent,
  ) {
    const { spec, negativePrompt } = stage.run;
    this.#shares = branchShares(spec.guidance, step.guidanceWeight, negativePrompt);
  }

  /** Fills `xHat`, the core frames, from `zT`, the shown ones, clipped to ±`limit`. Yields progress after every tile. */
  async *writeXHat(frames: Cut, zT: Clip, xHat: Clip, limit: number): AsyncGenerator<StageRunEvent> {
    const { lowRes, given, windows, run } = this.stage;
    const conditioning = { lowRes: await lowRes?.read(frames.shown), given: given?.window(frames.shown) };
    const from = xHatFrom(run.spec.parameterisation, this.at);
    for (const [index, tile] of windows.tiles.entries()) {
      const call = this.#call(frames.shown, tile, zT, conditioning);
      const predictions = await this.#predict(call, index);
      const place = {
        core: { frames: frames.core, rows: tile.rows.core, columns: tile.columns.core },
        shown: { frames: frames.shown, rows: tile.rows.shown, columns: tile.columns.shown },
      };
      if (!writeGuidedXHat(xHat, zT, { predictions, from, limit }, place))
        throw this.#notFinite(predictions, frames.shown);
      yield this.progress();
    }
  }

  async #predict(call: Omit<GraphCall, 'branch'>, tile: number): Promise<Predictions> {
    const [first, second] = this.#shares;
    return [await this.#evaluate(call, tile, first), second && (await this.#evaluate(call, tile, second))];
  }

  async #evaluate(
    call: Omit<GraphCall, 'branch'>,
    tile: number,
    { branch, share }: BranchShare,
  ): Promise<WeightedPrediction> {
    const { signal, network, spec } = this.stage.run;
    signal.throwIfAborted();
    const key = `${branch} ${tile}`;
    const states = this.#states.get(key);
    const result = await network.evaluate({ ...call, branch, ...(states && { states }) });
    if (result.prediction.data.length !== call.zT.data.length)
      throw new SluiceError(
        'pack-invalid',
        `Stage "${spec.id}" predicted ${result.prediction.data.length} values for a window of ${call.zT.data.length}. ` +
          'Its graph does not keep its manifest’s promise: reinstall the pack or use another one.',
        { details: { stage: spec.id } },
      );
    if (result.states !== undefined) this.#states.set(key, result.states);
    return { prediction: result.prediction, share, branch };
  }

  #call(frames: Range, tile: Tile, zT: Clip, { lowRes, given }: Conditioning): Omit<GraphCall, 'branch'> {
    const { run, lowRes: input } = this.stage;
    const takes = new Set(run.spec.inputs);
    const [rows, columns] = [tile.rows.shown, tile.columns.shown];
    const { height, width } = run.spec.output;
    return {
      zT: crop(zT, rows, columns),
      logSnr: logSnrInput(this.at),
      partOfFrame: run.partOfFrame.slice(frames.from, frames.to),
      ...(lowRes && {
        lowRes: crop(lowRes.clip, scaled(rows, lowRes.clip.height, height), scaled(columns, lowRes.clip.width, width)),
      }),
      ...(takes.has('low_res_log_snr') && input?.logSnr !== undefined && { lowResLogSnr: input.logSnr }),
      ...(takes.has('low_res_known') && lowRes && { lowResKnown: lowRes.known }),
      ...(given && { given: crop(given.given, rows, columns), givenMask: crop(given.mask, rows, columns) }),
      ...(takes.has('guidance_weight') && { guidanceWeight: this.step.guidanceWeight }),
    };
  }

  #notFinite(predictions: Predictions, frames: Range): SluiceError {
    const { spec, parameters } = this.stage.run;
    const culprit = predictions.find((p) => p !== undefined && firstNotFinite(p.prediction.data) !== -1);
    const tensor = culprit === undefined ? 'x̂' : `the ${culprit.branch} "prediction"`;
    return new SluiceError(
      'network-not-finite',
      `Stage "${spec.id}" gave NaN or infinity in step ${this.step.step + 1} of ${parameters.steps}: ${tensor}, frames ` +
        `${frames.from} to ${frames.to - 1}. Try another execution provider; if it stays, the pack is damaged.`,
      { details: { stage: spec.id, step: this.step.step, tensor: culprit === undefined ? 'x_hat' : 'prediction' } },
    );
  }
}

/** A range of `length` pixels on an axis of `newLength`; windows begin and end where this is whole. */
function scaled({ from, to }: Range, newLength: number, length: number): Range {
  return { from: (from * newLength) / length, to: (to * newLength) / length };
}

interface Conditioning {
  readonly lowRes: LowResFrames | undefined;
  readonly given: GivenWindow | undefined;
}
