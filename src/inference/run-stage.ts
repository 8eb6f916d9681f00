/**
 * One stage from request to frame file: opens what the engine's ports need (text, graph, input, latents, output), runs the
 * engine, reports. Pixels stay in this process and on disk.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { latentBytes } from '#engine/process-memory';
import { runStage as runEngine } from '#engine/run-stage';
import type { StageRun } from '#engine/stage-run';
import { SluiceError } from '#shared/errors';
import type { StageEvent, StageRunRequest } from '#shared/inference-contract';
import type { StageSpec } from '#shared/pack-manifest';
import { openLatents } from './latents/open-latents';
import { peakRssBytes, resetPeakRss } from './memory-use';
import { OpenFiles } from './open-files';
import { runIdentity } from './run-identity';
import { memoryError } from './runtime-errors';
import { smallGraphBytes, type SessionPool } from './session';
import { invalidRequest, loadStageGraph, specOf } from './stage-graph';
import { OrtStageNetwork, type StageText } from './stage-network';
import type { StageTexts } from './stage-texts';

/** What outlives a run. */
export interface Resources {
  readonly pool: SessionPool;
  readonly texts: StageTexts;
}

/**
 * Yields the events of the run, `finished` last; the frame file is whole then.
 * Throws what the pack, the disk, the engine and the runtime throw, and the signal's reason; no file is left at `outputPath` then.
 */
export async function* runStage(
  request: StageRunRequest,
  resources: Resources,
  signal: AbortSignal,
): AsyncGenerator<StageEvent> {
  const start = performance.now();
  await resetPeakRss();
  const spec = checkedSpec(request);
  const { text, warnings } = await resources.texts.of(request);
  for (const message of warnings) yield { kind: 'warning', code: 'prompt-truncated', message };
  const files = new OpenFiles();
  try {
    const { run, network } = await openRun({ request, spec, text, resources, files, signal });
    yield { kind: 'loaded', seconds: secondsSince(start), resumedAtStep: run.latents.stepsTaken };
    const engineStart = performance.now();
    yield* runEngine(run);
    await files.finishOutput();
    yield {
      kind: 'finished',
      runtimeSeconds: network.runtimeSeconds,
      engineSeconds: secondsSince(engineStart) - network.runtimeSeconds,
      evaluations: network.evaluations,
      peakRssBytes: await peakRssBytes(),
    };
  } catch (thrown) {
    const error = memoryError(thrown);
    if (error instanceof SluiceError && error.code === 'out-of-memory') await resources.pool.release();
    throw error;
  } finally {
    await files.close();
    // A cancelled run gives memory back, but the next prompt usually comes at once.
    if (signal.aborted) await resources.pool.release(smallGraphBytes);
  }
}

interface Opening {
  readonly request: StageRunRequest;
  readonly spec: StageSpec;
  readonly text: StageText;
  readonly resources: Resources;
  readonly files: OpenFiles;
  readonly signal: AbortSignal;
}

/** The engine's ports, opened; what must be closed is left to `files`. */
async function openRun(opening: Opening): Promise<{ readonly run: StageRun; readonly network: OrtStageNetwork }> {
  const { request, spec, files, signal } = opening;
  const input = request.inputPath === undefined ? undefined : await files.read(request.inputPath);
  const given = [];
  for (const { frame, path, sourceFrame } of request.given)
    given.push({ frame, sourceFrame, source: await files.read(path) });
  const shape = { ...spec.output, channels: 3 };
  const { session, workingBytes } = await loadStageGraph(opening.resources.pool, request, {
    spec,
    ...(input && { input }),
    givenFrames: given.length,
  });
  const network = new OrtStageNetwork(session, spec, opening.text, signal);
  const givenHashes = given.map(({ source }) => source.framesSha256);
  const identity = runIdentity(request, input?.framesSha256, givenHashes);
  const latents = files.closing(await openLatents(request.checkpointDirectory, identity, shape));
  const output = await files.create(request.outputPath, spec.output);
  const run: StageRun = {
    spec,
    parameters: request.parameters,
    seed: request.seed,
    partOfFrame: request.partOfFrame,
    negativePrompt: request.negativePrompt !== '',
    ...(input && { input }),
    given,
    network,
    latents,
    sink: { write: (_, rgb) => output.write(rgb) },
    memoryBytes: workingBytes - latentBytes(shape),
    previewPixels: request.previewPixels,
    giveWay: nextTurn,
    signal,
  };
  return { run, network };
}

/** Throws `invalid-argument` for a request that contradicts its manifest. */
function checkedSpec(request: StageRunRequest): StageSpec {
  const { stage, partOfFrame, prompts } = request;
  const spec = specOf(request);
  if (partOfFrame.length !== spec.output.frames)
    throw invalidRequest(`${stage} has ${spec.output.frames} frames, but prompts are named for ${partOfFrame.length}`);
  const stray = partOfFrame.find((part) => part >= prompts.length);
  if (stray !== undefined) throw invalidRequest(`a frame follows prompt ${stray}, but there are ${prompts.length}`);
  if ((spec.lowRes === undefined) !== (request.inputPath === undefined))
    throw invalidRequest(`${stage} ${spec.lowRes === undefined ? 'takes no' : 'needs an'} input clip`);
  return spec;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
