/** Examples of prompts that a pack offers: from what its manifest says of prompts. Pure. */
import type { PackManifest } from '#shared/pack-manifest';

/** `count` of them, others each time that `turn` is another. */
export function examplesOf({ prompting }: Pick<PackManifest, 'prompting'>, count: number, turn = 0): readonly string[] {
  const examples = prompting?.examples ?? [];
  if (examples.length <= count) return examples;
  return Array.from({ length: count }, (_, index) => examples[(turn * count + index) % examples.length] ?? '');
}
