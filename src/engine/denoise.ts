/**
 * One sweep of the denoiser through a clip at one noise level: run of frames by run of frames, tile by tile, the branches of
 * guidance inside. Here the network is called: windows, conditioning and guidance go in, x̂ comes out.
 *
 * While the network computes a window, the two after it are made ready and the one before it is used: whoever iterates does so at
 * his ease, as long as it takes less than an evaluation on the average.
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
import { windowsAhead, type Cut, type Tile } from './windows';

/** A window that the network has been evaluated on. */
export interface EvaluatedWindow {
  readonly frames: Cut;
  readonly tile: Tile;
  /** Whether it is the last tile of its run of frames. */
  readonly endsRun: boolean;
  /** z of the frames shown, whole. */
  readonly zT: Clip;
  readonly predictions: Predictions;
}

/** Makes z of the run `run` of frames, whole frames; must leave the `windowsAhead` runs before it alone. */
export type ReadZ = (frames: Range, run: number) => Promise<Clip>;

export class DenoiserSweep {
  readonly #shares: readonly [BranchShare, BranchShare?];

  constructor(
    private readonly stage: OpenStage,
    private readonly step: PlannedStep,
    private readonly at: NoiseLevel,
  ) {
    const { spec, negativePrompt } = stage.run;
    this.#shares = branchShares(spec.guidance, step.guidanceWeight, negativePrompt);
  }

  /** Every window, in order; z of `runsInUse` runs of frames is in use at a time. */
  async *windows(readZ: ReadZ): AsyncGenerator<EvaluatedWindow> {
    const ahead: Promise<EvaluatedWindow>[] = [];
    try {
      for await (const { window } of this.#started(readZ)) {
        window.catch(() => undefined);
        const due = ahead.push(window) > windowsAhead ? ahead.shift() : undefined;
        if (due !== undefined) yield await due;
      }
      for (const window of ahead) yield await window;
    } finally {
      await Promise.allSettled(ahead);
    }
  }

  /** Writes x̂ of the window into `xHat`, the core frames of its run, clipped to ±`limit`. Throws `network-not-finite`. */
  async writeXHat(xHat: Clip, { frames, tile, zT, predictions }: EvaluatedWindow, limit: number): Promise<void> {
    const from = xHatFrom(this.stage.run.spec.parameterisation, this.at);
    const place = {
      core: { frames: frames.core, rows: tile.rows.core, columns: tile.columns.core },
      shown: { frames: frames.shown, rows: tile.rows.shown, columns: tile.columns.shown },
    };
    for (let frame = frames.core.from; frame < frames.core.to; frame++) {
      const isFinite = writeGuidedXHat(xHat, zT, { predictions, from, limit }, { ...place, frame });
      if (!isFinite) throw this.#notFinite(predictions, frames.shown);
      await this.stage.run.giveWay();
    }
  }

  /** Yields as soon as the network has been asked; in an object, because a promise would be awaited. */
  async *#started(readZ: ReadZ): AsyncGenerator<{ readonly window: Promise<EvaluatedWindow> }> {
    const { lowRes, given, windows } = this.stage;
    for (const [run, frames] of windows.runs.entries()) {
      const zT = await readZ(frames.shown, run);
      const conditioning = { lowRes: await lowRes?.read(frames.shown), given: given?.window(frames.shown) };
      for (const [index, tile] of windows.tiles.entries()) {
        const call = this.#call(frames.shown, tile, zT, conditioning);
        const predictions = this.#predict(call, { tile: index, isFirst: run === 0 });
        const endsRun = index === windows.tiles.length - 1;
        yield { window: predictions.then((found) => ({ frames, tile, endsRun, zT, predictions: found })) };
      }
    }
  }

  async #predict(call: Omit<GraphCall, 'branch'>, at: PlaceInSweep): Promise<Predictions> {
    const [first, second] = this.#shares;
    return Promise.all([this.#evaluate(call, at, first), second && this.#evaluate(call, at, second)]);
  }

  async #evaluate(
    call: Omit<GraphCall, 'branch'>,
    { tile, isFirst }: PlaceInSweep,
    { branch, share, weightInput }: BranchShare,
  ): Promise<WeightedPrediction> {
    const { signal, network, spec } = this.stage.run;
    signal.throwIfAborted();
    const sequence = spec.window.kind === 'causal' ? { name: `${branch} ${tile}`, isFirst } : undefined;
    const prediction = await network.evaluate({
      ...{ ...call, branch },
      ...(weightInput !== undefined && { guidanceWeight: weightInput }),
      ...(sequence && { sequence }),
    });
    if (prediction.data.length !== call.zT.data.length)
      throw new SluiceError(
        'pack-invalid',
        `Stage "${spec.id}" predicted ${prediction.data.length} values for a window of ${call.zT.data.length}. ` +
          'Its graph does not keep its manifest’s promise: reinstall the pack or use another one.',
        { details: { stage: spec.id } },
      );
    return { prediction, share, branch };
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

interface PlaceInSweep {
  readonly tile: number;
  /** Of the runs of frames. */
  readonly isFirst: boolean;
}

interface Conditioning {
  readonly lowRes: LowResFrames | undefined;
  readonly given: GivenWindow | undefined;
}
