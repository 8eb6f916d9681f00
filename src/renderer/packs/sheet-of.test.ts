import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { sheetOf } from './sheet-of';

const manifestOf = (pack: string) =>
  packManifestSchema.parse(JSON.parse(readFileSync(`models/${pack}/manifest.json`, 'utf8')));

test('the pack that comes with the program has a sheet of its first stage, the untrained one has none', () => {
  expect(sheetOf(manifestOf('starter'))).toBe('sheet-base.png');
  expect(sheetOf(manifestOf('test-pack'))).toBeUndefined();
});

test('a sheet is one of the first stage, in any kind of picture that is shown, and a file that the pack lists', () => {
  const { stages, files } = manifestOf('test-pack');
  const [first] = files;
  if (first === undefined) throw new Error('the test pack has no files');
  expect(sheetOf({ stages, files: [{ ...first, path: 'sheet-base.webp' }] })).toBe('sheet-base.webp');
  expect(sheetOf({ stages, files: [{ ...first, path: 'sheet-ssr-48.png' }] })).toBeUndefined();
  expect(sheetOf({ stages: [], files })).toBeUndefined();
});
