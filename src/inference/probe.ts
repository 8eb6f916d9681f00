/**
 * Whether an execution provider may be trusted with a pack: it must load every graph and reproduce the pack's golden vectors.
 * Runs in a process of its own, because a provider may abort or hang instead of failing.
 */
import type { ProbeRequest, ProviderReport } from '#shared/inference-contract';
import type { StageSpec } from '#shared/pack-manifest';
import { SluiceError } from '#shared/errors';
import { goldenCall, largestDifference, readGolden, type Golden } from './golden';
import { SessionPool } from './session';
import { OrtStageNetwork } from './stage-network';
import { encodeTokens, tokenBatch, type EncodedText } from './text';
import { loadTokenizer } from './tokenizer';

/** Golden runs are as small as a graph allows: no limit is needed, and one thread is the least that can go wrong. */
const probeMemoryBytes = Number.MAX_SAFE_INTEGER;
const probeThreads = 1;

/**
 * `pool`: released at the end. `seconds`: inside the networks, without loading. Failures of the provider are in the report; throws `pack-invalid`,
 * `pack-incompatible` and `pack-unsupported`, for which no provider can be blamed, and the cancellation.
 */
export async function probeProvider(
  request: ProbeRequest,
  signal: AbortSignal,
  pool = new SessionPool(),
): Promise<ProviderReport> {
  const { provider, manifest } = request;
  const golden = await readGolden(request);
  let seconds = 0;
  let maxDifference = 0;
  try {
    // Before the text is encoded, so that a provider which is not there is known at once.
    const [first] = manifest.stages;
    if (first !== undefined) await pool.acquire(needs(request, first.graph));
    const text = await goldenText(request, golden, pool);
    maxDifference = largestDifference(text.text, golden.text.indices, golden.text.text);
    for (const spec of manifest.stages) {
      const step = await goldenStep(request, spec, golden, { pool, text, signal });
      seconds += step.seconds;
      maxDifference = Math.max(maxDifference, step.difference);
    }
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code.startsWith('pack-')) throw error;
    return { provider, usable: false, seconds, reason: error.message };
  } finally {
    await pool.release();
  }
  const usable = maxDifference <= golden.tolerance;
  const reason = `its results differ from the pack’s golden vectors by ${maxDifference.toPrecision(2)}, where at most ${golden.tolerance} is allowed`;
  return {
    provider,
    usable,
    seconds,
    ...(Number.isFinite(maxDifference) && { maxDifference }),
    ...(!usable && { code: 'provider-inexact', reason }),
  };
}

async function goldenText(request: ProbeRequest, golden: Golden, pool: SessionPool): Promise<EncodedText> {
  const spec = request.manifest.text;
  const tokenizer = await loadTokenizer(request);
  const rows = golden.text.prompts.map((prompt) => tokenizer.encode(prompt).ids);
  const batch = tokenBatch(rows, spec);
  if (batch.ids.join() !== golden.text.tokenIds.flat().join())
    throw new SluiceError(
      'pack-unsupported',
      `The tokenizer of ${request.manifest.name} does not give the tokens its pack was made with. Update Sluice, or use another version of the pack.`,
    );
  const { session } = await pool.acquire({ ...needs(request, spec.graph), provider: 'cpu' });
  return encodeTokens(session, batch, spec);
}

interface Tools {
  readonly pool: SessionPool;
  readonly text: EncodedText;
  readonly signal: AbortSignal;
}

async function goldenStep(
  request: ProbeRequest,
  spec: StageSpec,
  golden: Golden,
  { pool, text, signal }: Tools,
): Promise<{ readonly seconds: number; readonly difference: number }> {
  const known = golden.stages.find(({ stage }) => stage === spec.id);
  if (known === undefined)
    throw new SluiceError('internal', `No golden vectors for ${spec.id}, though they were checked.`);
  const { session } = await pool.acquire(needs(request, spec.graph));
  const stageText = { conditional: text, shape: request.manifest.text };
  const network = new OrtStageNetwork(session, spec, stageText, signal);
  const { data } = await network.evaluate(goldenCall(request.manifest, spec, known));
  return {
    seconds: network.runtimeSeconds,
    difference: largestDifference(data, known.indices, known.prediction),
  };
}

function needs(request: ProbeRequest, graph: string): Parameters<SessionPool['acquire']>[0] {
  return {
    pack: request,
    graph,
    provider: request.provider,
    threads: probeThreads,
    memoryBytes: probeMemoryBytes,
    workingBytes: 0,
  };
}
