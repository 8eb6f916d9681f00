/** Whether a pack's `tokenizer.json` is one that Sluice can use: Unigram (Kudo 2018), with the manifest's padding and end tokens. */
import { z } from 'zod';
import type { PackManifest } from '#shared/pack-manifest';
import { packInvalid, shown } from './pack-invalid';

/** The largest multilingual vocabularies, of 256,000 pieces, take some 15 MB. */
export const largestTokenizerBytes = 64 * 1024 ** 2;

const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.literal('Unigram'),
    vocab: z.array(z.tuple([z.string(), z.number()])).min(1),
    /** Pieces that the vocabulary lacks are spelled in its byte tokens (src/inference/tokenizer.ts). */
    byte_fallback: z.boolean().optional(),
  }),
});

/** Number of pieces of the tokenizer in `bytes`. Throws `pack-invalid`. */
export function checkTokenizer(text: PackManifest['text'], bytes: Uint8Array): number {
  const remedy = 'Export the tokenizer again as docs/pack-format.md says.';
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw packInvalid(`The pack's ${shown(text.tokenizer)} is not JSON in UTF-8.`, remedy, undefined, cause);
  }
  const parsed = tokenizerSchema.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw packInvalid(
      `The pack's ${shown(text.tokenizer)} is no Unigram tokenizer: ${where}: ${issue?.message}.`,
      remedy,
    );
  }
  const pieces = parsed.data.model.vocab.length;
  for (const [name, id] of [
    ['padId', text.padId],
    ['endId', text.endId],
  ] as const)
    if (id >= pieces)
      throw packInvalid(`The manifest's text.${name} is ${id}, and the tokenizer has ${pieces} pieces.`, remedy);
  return pieces;
}
