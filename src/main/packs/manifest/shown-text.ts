/** Whether the texts that people will be shown (lists, dialogs, terminals) are plain: no control characters, no reordering marks. */
import type { PackManifest } from '#shared/pack-manifest';
import type { ManifestProblem } from './problem';

/** Control characters but line feed and tab; the bidirectional overrides and isolates of Unicode (TR9, "Trojan Source"). */
const notPlain = /[\p{Cc}--[\n\t]]|[\u202a-\u202e\u2066-\u2069]/v;

export function* shownTextProblems(manifest: PackManifest): Generator<ManifestProblem> {
  const texts = [
    { field: 'title', value: manifest.title },
    { field: 'licence', value: manifest.licence },
    { field: 'description', value: manifest.description },
    { field: 'language', value: manifest.language },
    ...manifest.stages.map((stage, index) => ({ field: `stages[${index}].title`, value: stage.title })),
  ];
  for (const { field, value } of texts)
    if (notPlain.test(value) || (field !== 'description' && /[\n\t]/.test(value)))
      yield { field, value, but: 'it holds control characters', remedy: 'Write plain text.' };
}
