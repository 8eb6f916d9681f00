/** `--then <seconds>:<prompt>`: from when on the clip follows another prompt. Pure. */
import { unexpected } from '../options/value-parsers';

/** Throws `invalid-argument`. */
export function parsePromptPart(text: string): { readonly fromSec: number; readonly prompt: string } {
  const parts = /^(\d+(?:\.\d+)?):(.+)$/s.exec(text);
  if (parts === null) throw unexpected('<seconds>:<prompt>, such as "2.5:it begins to snow"', text);
  return { fromSec: Number(parts[1]), prompt: parts[2] ?? '' };
}
