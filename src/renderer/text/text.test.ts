import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { editLabels } from '#shared/project/edit-labels';
import { english, type TextKey } from './english';
import { korean } from './korean';
import { preferredLanguage, sayIn } from './text';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const keys = Object.keys(english) as TextKey[];

describe('the catalogue', () => {
  test.each(keys)('%s takes the same values in Korean as in English', (key) => {
    expect(placeholders(korean[key])).toEqual(placeholders(english[key]));
  });

  test('is translated: few Korean texts equal the English ones', () => {
    const same = keys.filter((key) => korean[key] === english[key]);
    expect(same.length).toBeLessThan(12);
  });

  test('names every kind of edit', () => {
    for (const label of editLabels) expect(english).toHaveProperty([`edit.${label}`]);
  });
});

test('values replace what stands for them, and only that', () => {
  expect(sayIn('en')('ladder.running', { step: 3, steps: 8 })).toBe('Step 3/8');
  expect(sayIn('en')('library.take')).toBe('Take {number}');
});

test('the language is the first preferred one that is known', () => {
  expect(preferredLanguage(['fr-FR', 'ko-KR', 'en'])).toBe('ko');
  expect(preferredLanguage(['fr'])).toBe('en');
});

test('every text is said somewhere, or named by what it stands for', async () => {
  const sources = await Promise.all(
    (await readdir('src/renderer', { recursive: true }))
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('text'))
      .map((file) => readFile(path.join('src/renderer', file), 'utf8')),
  );
  const code = sources.join('\n');
  // `family.${…}`: the rest of the key is a value of the program's.
  const families = [...code.matchAll(/`(\w+\.[\w.]*)\$\{/g)].map(([, family = '']) => family);
  const isFamily = (key: string) => families.some((family) => key.startsWith(family));
  expect(keys.filter((key) => !isFamily(key) && !code.includes(`'${key}'`))).toEqual([]);
});
