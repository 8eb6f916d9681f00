/** The text a stage runs with, encoded once for all stages of a clip and kept for the next clips. */
import type { StagePreparation, StageRunRequest } from '#shared/inference-contract';
import { packFile } from './pack-file';
import type { Graph } from './runtime/graph';
import type { SessionPool } from './session';
import type { StageText } from './stage-network';
import { encodePrompts, type EncodedPrompts } from './text';
import { loadTokenizer, type PromptTokenizer } from './tokenizer';

/** Encodings kept; one of 40 tokens at width 128 takes 20 KB. */
const mostEncodings = 64;

export class StageTexts {
  readonly #encodings = new Map<string, EncodedPrompts>();
  readonly #tokenizers = new Map<string, PromptTokenizer>();

  constructor(private readonly pool: SessionPool) {}

  /** `warnings`: what the user should know, in plain words. Throws `pack-invalid`, `pack-incompatible`, `out-of-memory`. */
  async of(request: StageRunRequest): Promise<{ readonly text: StageText; readonly warnings: readonly string[] }> {
    const conditional = await this.#encode(request, request.prompts);
    const negative = request.negativePrompt === '' ? undefined : await this.#encode(request, [request.negativePrompt]);
    const text: StageText = {
      conditional: conditional.encoded,
      ...(negative && { negative: negative.encoded }),
      shape: request.manifest.text,
    };
    const { maxTokens } = request.manifest.text;
    const warnings = [...conditional.truncated, ...(negative?.truncated ?? [])].map(
      ({ prompt, tokens }) =>
        `The prompt “${shortened(prompt)}” has ${tokens} tokens; this pack reads ${maxTokens}, so its end has no effect. Shorten it, or put what matters first.`,
    );
    return { text, warnings };
  }

  async #encode(request: StageRunRequest, prompts: readonly string[]): Promise<EncodedPrompts> {
    const { graph } = request.manifest.text;
    const key = JSON.stringify([packFile(request, graph).sha256, this.#tokenizerKey(request), prompts]);
    const known = this.#encodings.get(key);
    if (known !== undefined) return known;
    const { session, tokenizer } = await this.load(request);
    const encoded = await encodePrompts(session, tokenizer, prompts, request.manifest.text);
    this.#encodings.set(key, encoded);
    const [oldest] = this.#encodings.keys();
    if (this.#encodings.size > mostEncodings && oldest !== undefined) this.#encodings.delete(oldest);
    return encoded;
  }

  /** Encoder and tokenizer. The session stays the pool's. Throws `pack-invalid`, `pack-incompatible`, `out-of-memory`. */
  async load(request: StagePreparation): Promise<{ readonly session: Graph; readonly tokenizer: PromptTokenizer }> {
    const { threads, memoryBytes, manifest } = request;
    const { session } = await this.pool.acquire({
      pack: request,
      graph: manifest.text.graph,
      provider: 'cpu',
      threads,
      memoryBytes,
      workingBytes: 0,
    });
    return { session, tokenizer: await this.#tokenizer(request) };
  }

  async #tokenizer(request: StagePreparation): Promise<PromptTokenizer> {
    const key = this.#tokenizerKey(request);
    const tokenizer = this.#tokenizers.get(key) ?? (await loadTokenizer(request));
    this.#tokenizers.clear();
    this.#tokenizers.set(key, tokenizer);
    return tokenizer;
  }

  #tokenizerKey(request: StagePreparation): string {
    const { tokenizer, maxTokens, endId } = request.manifest.text;
    return [packFile(request, tokenizer).sha256, maxTokens, endId].join(' ');
  }
}

function shortened(prompt: string): string {
  return prompt.length <= 60 ? prompt : `${prompt.slice(0, 59)}…`;
}
