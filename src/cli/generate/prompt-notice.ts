/** What a person should hear of a shot's prompts before it is made: words that the pack does not know. Pure. */
import type { PackManifest } from '#shared/pack-manifest';
import type { Shot } from '#shared/shot';
import { unknownWords } from '#shared/unknown-words';

/** A prompt in another language would name them all. */
const mostNamed = 12;

/** `undefined` where the pack knows every word, or does not say which ones it knows. */
export function promptNotice(
  manifest: Pick<PackManifest, 'name' | 'prompting'>,
  { prompts, negativePrompt }: Pick<Shot, 'prompts' | 'negativePrompt'>,
): string | undefined {
  const texts = [...prompts.map(({ prompt }) => prompt), negativePrompt];
  const unknown = unknownWords(texts.join('\n'), manifest);
  if (unknown.length === 0) return undefined;
  const named = unknown.slice(0, mostNamed).map((word) => `"${word}"`);
  const others = unknown.length - named.length;
  const all = others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} more`;
  return `The pack ${manifest.name} does not know ${all}: a clip need not show what they say.`;
}
