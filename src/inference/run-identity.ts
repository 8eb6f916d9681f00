/**
 * What makes a run of a stage this very run: everything that shapes its pixels. Paths, memory, previews and threads are left
 * out; a checkpoint of a run that differs only in those is its own.
 */
import { createRequire } from 'node:module';
import type { Json } from '#shared/canonical-json';
import type { StageRunRequest } from '#shared/inference-contract';
import type { Sha256 } from '#shared/units';

const runtimeVersion = readRuntimeVersion();

/** `input` and `given`: hashes of the frames that the request's paths lead to. */
export function runIdentity(request: StageRunRequest, input: Sha256 | undefined, given: readonly Sha256[]): Json {
  return {
    manifest: request.manifest,
    stage: request.stage,
    parameters: request.parameters,
    seed: request.seed,
    prompts: request.prompts,
    negativePrompt: request.negativePrompt,
    partOfFrame: request.partOfFrame,
    input,
    given: request.given.map(({ frame, sourceFrame }, i) => ({ frame, sourceFrame, frames: given[i] })),
    provider: request.provider,
    runtime: runtimeVersion,
  };
}

function readRuntimeVersion(): string {
  const read: unknown = createRequire(import.meta.url)('onnxruntime-node/package.json');
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '';
}
