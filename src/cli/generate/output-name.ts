/** Names of outputs that nobody named: from the prompt, readable, valid on every system, and never one that is taken. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExportPreset } from '#main/export/presets';

/** Leaves room for a seed, a number and the endings in the 255 bytes that file systems allow. */
const longestBytes = 64;
const windowsReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Lower-case letters and digits of any script, joined by hyphens; `clip` where the prompt has none. */
export function nameFromPrompt(prompt: string): string {
  const words =
    prompt
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? cut(word) : `${name}-${word}`;
    if (Buffer.byteLength(longer) > longestBytes) break;
    name = longer;
  }
  return name === '' ? 'clip' : windowsReserved.test(name) ? `${name}-clip` : name;
}

/** The first letters of a word that is longer than a name may be. */
function cut(word: string): string {
  return Buffer.from(word)
    .subarray(0, longestBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}

/** `name.mp4` in `folder`, or `name-2.mp4` and so on where that or its recipe is taken. */
export function freeOutputPath(folder: string, name: string, preset: ExportPreset): string {
  const ending = preset.extension === '' ? '' : `.${preset.extension}`;
  for (let count = 1; ; count++) {
    const candidate = path.join(folder, `${name}${count === 1 ? '' : `-${count}`}${ending}`);
    if (!existsSync(candidate) && !existsSync(`${candidate}.recipe.json`)) return candidate;
  }
}

/** The output of one of several variations: `a.mp4` becomes `a-seed-7.mp4`. */
export function variationPath(file: string, seed: number): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-seed-${seed}${ext}`);
}
