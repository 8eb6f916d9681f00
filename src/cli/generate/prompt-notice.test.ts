import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { plainShot, shotSchema } from '#shared/shot';
import { commands } from '../commands';
import { promptNotice } from './prompt-notice';

const prompting = { examples: [], words: ['a', 'red', 'balloon'] };

it('names words that the pack does not know, of every part and of the negative prompt', () => {
  const manifest = { name: 'tiny', prompting };
  expect(promptNotice(manifest, plainShot('a Red balloon', 1))).toBeUndefined();
  expect(promptNotice({ name: 'tiny' }, plainShot('any word', 1))).toBeUndefined();
  const prompts = [
    { fromSec: 0, prompt: 'a red fox' },
    { fromSec: 1, prompt: 'a fox jumps' },
  ];
  expect(promptNotice(manifest, shotSchema.parse({ prompts, negativePrompt: 'fog', seed: 1 }))).toBe(
    'The pack tiny does not know "fox", "jumps", "fog": a clip need not show what they say.',
  );
  const many = Array.from({ length: 30 }, (_, i) => 'x'.repeat(i + 1)).join(' ');
  expect(promptNotice(manifest, plainShot(many, 1))).toMatch(/"x{12}" and 18 more:/);
});

it('has nothing to say of the prompts that the help shows, with the pack that comes with Sluice', () => {
  const file = path.resolve(import.meta.dirname, '../../../models/starter/manifest.json');
  const manifest = packManifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const shown = commands.flatMap(({ examples }) => examples.map(({ command }) => command));
  const prompts = shown.flatMap((command) => /^generate "([^"]+)"/.exec(command)?.[1] ?? []);
  expect(prompts.length).toBeGreaterThan(2);
  for (const prompt of prompts) expect(promptNotice(manifest, plainShot(prompt, 1))).toBeUndefined();
});
