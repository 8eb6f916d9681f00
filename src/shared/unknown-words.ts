/** Words of a prompt that a pack does not know, from what its manifest says of prompts. Pure. */
import type { PackManifest } from './pack-manifest';

const word = /[\p{L}\p{M}'’-]+/gu;

/** Each once, in their order, as they are written; none where the pack does not say which words it knows. */
export function unknownWords(prompt: string, { prompting }: Pick<PackManifest, 'prompting'>): readonly string[] {
  const { words } = prompting ?? {};
  if (words === undefined) return [];
  const known = new Set(words.map((each) => each.toLowerCase()));
  const written = (prompt.match(word) ?? []).filter((each) => !known.has(each.toLowerCase()));
  return [...new Set(written)];
}
