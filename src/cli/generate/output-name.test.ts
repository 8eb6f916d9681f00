import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { choosePreset } from '#main/export/choose-preset';
import { freeOutputPath, nameFromPrompt, variationPath } from './output-name';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-name-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['A red hot-air balloon!', 'a-red-hot-air-balloon'],
  ['../../etc/passwd', 'etc-passwd'],
  ['気球 über Ölberg', '気球-über-ölberg'],
  ['…', 'clip'],
  ['con', 'con-clip'],
  ['-y', 'y'],
  ['long '.repeat(40), Array(13).fill('long').join('-')],
  ['x'.repeat(100), 'x'.repeat(64)],
  ['気'.repeat(100), '気'.repeat(21)],
])('the prompt %j names the file %j', (prompt, name) => {
  expect(nameFromPrompt(prompt)).toBe(name);
});

it('finds a name that is free, with its recipe', () => {
  const preset = choosePreset('mp4-h264', undefined);
  writeFileSync(path.join(folder, 'a.mp4'), '');
  writeFileSync(path.join(folder, 'a-2.mp4.recipe.json'), '');
  expect(freeOutputPath(folder, 'a', preset)).toBe(path.join(folder, 'a-3.mp4'));
  expect(freeOutputPath(folder, 'a', choosePreset('png-sequence', undefined))).toBe(path.join(folder, 'a'));
});

it('names variations by their seed', () => {
  expect(variationPath(path.join('x', 'a.b.mp4'), 7)).toBe(path.join('x', 'a.b-seed-7.mp4'));
});
