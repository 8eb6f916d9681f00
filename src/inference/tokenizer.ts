/**
 * A pack's `tokenizer.json` as the text graph was trained with it: right-truncated, always ended.
 *
 * `@huggingface/tokenizers` 0.2 ignores the Unigram model's `byte_fallback` (each piece that the vocabulary lacks becomes the
 * unknown token); where a tokenizer asks for it, such pieces are spelled in its byte tokens here, as the Rust library does.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import type { PackManifest } from '#shared/pack-manifest';
import { invalid, readPackJson, type PackOnDisk } from './pack-file';

const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.string().default('Unigram'),
    unk_id: z.int().nonnegative().nullish(),
    byte_fallback: z.boolean().default(false),
  }),
});

export interface EncodedPrompt {
  /** At most `maxTokens`, the last one the end token. */
  readonly ids: readonly number[];
  /** Tokens of the whole prompt, the end token included. */
  readonly tokens: number;
}

/** Throws `pack-invalid` for a file that is no tokenizer. */
export async function loadTokenizer(pack: PackOnDisk): Promise<PromptTokenizer> {
  const file = pack.manifest.text.tokenizer;
  const parsed = tokenizerSchema.safeParse(await readPackJson(pack, file));
  if (!parsed.success) throw invalid(pack, `${file} is no tokenizer`, parsed.error);
  try {
    return new PromptTokenizer(parsed.data, pack.manifest.text);
  } catch (cause) {
    throw invalid(pack, `${file} is no tokenizer`, cause);
  }
}

export class PromptTokenizer {
  readonly #tokenizer: Tokenizer;
  readonly #unknownId: number | undefined;
  readonly #byteFallback: boolean;

  constructor(
    definition: z.output<typeof tokenizerSchema>,
    private readonly spec: Pick<PackManifest['text'], 'maxTokens' | 'endId'>,
  ) {
    this.#tokenizer = new Tokenizer(definition, {});
    this.#unknownId = definition.model.unk_id ?? undefined;
    this.#byteFallback = definition.model.type === 'Unigram' && definition.model.byte_fallback;
  }

  /** White space of any kind and length counts as one space. */
  encode(prompt: string): EncodedPrompt {
    const ids = this.#ids(prompt.trim().replace(/\s+/g, ' '));
    const { endId, maxTokens } = this.spec;
    const body = ids.at(-1) === endId ? ids.slice(0, -1) : ids;
    return { ids: [...body.slice(0, maxTokens - 1), endId], tokens: body.length + 1 };
  }

  #ids(text: string): number[] {
    const { ids, tokens } = this.#tokenizer.encode(text);
    if (!this.#byteFallback) return ids;
    return ids.flatMap((id, i) => (id === this.#unknownId ? (this.#bytes(tokens[i] ?? '') ?? [id]) : [id]));
  }

  /** The byte tokens of `piece`; undefined where the vocabulary lacks one of them. */
  #bytes(piece: string): number[] | undefined {
    const ids = [...new TextEncoder().encode(piece)].map((byte) =>
      this.#tokenizer.token_to_id(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
    );
    return ids.every((id) => id !== undefined) ? ids : undefined;
  }
}
