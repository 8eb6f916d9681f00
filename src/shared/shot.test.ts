import { expect, it } from 'vitest';
import { longestPrompt, plainShot, shotSchema } from './shot';

it('fills in what a plain prompt leaves open', () => {
  expect(plainShot('  a red boat ', 7)).toEqual({
    prompts: [{ fromSec: 0, prompt: 'a red boat' }],
    negativePrompt: '',
    seed: 7,
    stages: {},
    given: [],
  });
});

it.each([
  ['an empty prompt', '', /must not be empty/],
  ['white space only', ' \n\t ', /must not be empty/],
  ['an overlong prompt', 'x'.repeat(10_000), new RegExp(String(longestPrompt))],
  ['control characters', 'a red\u0007 boat', /control characters/],
])('refuses %s', (_, prompt, message) => {
  expect(() => plainShot(prompt, 0)).toThrow(message);
});

it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the seed %s', (seed) => {
  expect(shotSchema.safeParse({ prompts: [{ fromSec: 0, prompt: 'x' }], seed }).success).toBe(false);
});

it('wants parts in time order, from the start', () => {
  const shot = (...times: number[]) =>
    shotSchema.safeParse({ prompts: times.map((fromSec) => ({ fromSec, prompt: 'x' })), seed: 1 }).success;
  expect(shot(0, 2, 3)).toBe(true);
  expect(shot(1, 2)).toBe(false);
  expect(shot(0, 2, 2)).toBe(false);
});

it.each([
  [0, true],
  [127, true],
  [-1, true],
  [-0, true],
  [1.5, false],
  [-1.5, false],
  [Number.NaN, false],
  [Infinity, false],
  [2 ** 53, false],
  ['3', false],
])('given frames may begin at frame %j: %j', (atFrame, isPossible) => {
  const source = { sha256: 'a'.repeat(64), frames: 1, height: 24, width: 40 };
  const given = [{ source, atFrame }];
  expect(shotSchema.safeParse({ ...plainShot('x', 1), given }).success).toBe(isPossible);
});

it('knows no other fields, so that a misspelt one is an error and not a silence', () => {
  expect(() => shotSchema.parse({ ...plainShot('x', 1), negative_prompt: 'y' })).toThrow(/negative_prompt/);
});

it('limits overrides to what a stage understands', () => {
  const withStage = (overrides: unknown) =>
    shotSchema.safeParse({ prompts: [{ fromSec: 0, prompt: 'x' }], seed: 1, stages: { base: overrides } }).success;
  expect(withStage({ steps: 8, guidance: { kind: 'oscillating', high: 15, low: 1, fromStep: 2 } })).toBe(true);
  expect(withStage({ steps: 0 })).toBe(false);
  expect(withStage({ guidance: { kind: 'oscillating', high: 15, low: 1, fromStep: 4, toStep: 4 } })).toBe(false);
  expect(
    withStage({
      guidance: {
        kind: 'curve',
        points: [
          { at: 0.5, weight: 1 },
          { at: 0.2, weight: 2 },
        ],
      },
    }),
  ).toBe(false);
});
