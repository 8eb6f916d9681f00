/**
 * Prompts to encoder output: tokenizer, truncation, text graph.
 *
 * The encoder always runs on the processor: it is small, and its numbers are then the same whatever provider runs the stages.
 */
import type { PackManifest } from '#shared/pack-manifest';
import { SluiceError } from '#shared/errors';
import type { Graph } from './runtime/graph';
import type { PromptTokenizer } from './tokenizer';

/** Encoder output of P prompts. */
export interface EncodedText {
  readonly prompts: number;
  /** `[P, N, D]`. */
  readonly text: Float32Array;
  /** `[P, N]`, 1 for a token, 0 for padding. */
  readonly mask: Float32Array;
}

/** Right-padded ids and mask, `[P, N]` each. */
export interface TokenBatch {
  readonly ids: BigInt64Array;
  readonly mask: Float32Array;
}

export function tokenBatch(rows: readonly (readonly number[])[], spec: PackManifest['text']): TokenBatch {
  const ids = new BigInt64Array(rows.length * spec.maxTokens).fill(BigInt(spec.padId));
  const mask = new Float32Array(ids.length);
  rows.forEach((row, prompt) => {
    row.forEach((id, i) => {
      ids[prompt * spec.maxTokens + i] = BigInt(id);
      mask[prompt * spec.maxTokens + i] = 1;
    });
  });
  return { ids, mask };
}

/** Throws `pack-incompatible` where the graph does not answer as the manifest says. */
export async function encodeTokens(
  session: Graph,
  { ids, mask }: TokenBatch,
  spec: PackManifest['text'],
): Promise<EncodedText> {
  const prompts = ids.length / spec.maxTokens;
  const dims = [prompts, spec.maxTokens];
  const feeds = {
    token_ids: { type: 'int64', data: ids.slice(), dims },
    token_mask: { type: 'float32', data: mask.slice(), dims },
  };
  const { text } = (await session.run(feeds, ['text'])).outputs;
  const data = text?.data;
  if (!(data instanceof Float32Array) || data.length !== prompts * spec.maxTokens * spec.width)
    throw new SluiceError(
      'pack-incompatible',
      `${spec.graph} answered [${text?.dims.join(', ') ?? ''}] ${text?.type ?? 'nothing'} where its manifest says [${prompts}, ${spec.maxTokens}, ${spec.width}] float32. Use another version of the pack.`,
    );
  return { prompts, text: data, mask };
}

export interface EncodedPrompts {
  readonly encoded: EncodedText;
  /** Prompts that were longer than the encoder reads, with the number of tokens they have. */
  readonly truncated: readonly { readonly prompt: string; readonly tokens: number }[];
}

/** Encodes prompts, in order, as one batch. Throws as `encodeTokens`. */
export async function encodePrompts(
  session: Graph,
  tokenizer: PromptTokenizer,
  prompts: readonly string[],
  spec: PackManifest['text'],
): Promise<EncodedPrompts> {
  const rows = prompts.map((prompt) => ({ prompt, ...tokenizer.encode(prompt) }));
  const batch = tokenBatch(
    rows.map(({ ids }) => ids),
    spec,
  );
  return {
    encoded: await encodeTokens(session, batch, spec),
    truncated: rows.filter(({ tokens }) => tokens > spec.maxTokens),
  };
}
