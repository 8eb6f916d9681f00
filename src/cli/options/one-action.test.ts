import { expect, it } from 'vitest';
import { atMost, oneAction } from './one-action';

const actions = new Map([
  ['list', 0],
  ['remove', 1],
] as const);

it('is the first word, with as many after it as it takes', () => {
  expect(oneAction(actions, ['remove', 'a'], 'things')).toEqual({ action: 'remove', rest: ['a'] });
  expect(oneAction(actions, ['list'], 'things')).toEqual({ action: 'list', rest: [] });
});

it.each([
  [[], 'sluice things does one of list, remove. Say which.'],
  [['lst'], 'sluice things does not know "lst". Did you mean "list"?'],
  [['frob'], 'sluice things does not know "frob". It knows list, remove.'],
  [['list', 'a'], 'sluice things list does not take "a". See "sluice things --help".'],
  [['remove', 'a', 'b'], 'sluice things remove does not take "b". See "sluice things --help".'],
])('refuses %j', (words, message) => {
  expect(() => oneAction(actions, words, 'things')).toThrow(
    expect.objectContaining({ code: 'invalid-argument', message }) as Error,
  );
});

it('refuses words that nobody reads', () => {
  expect(() => atMost(0, [], 'doctor')).not.toThrow();
  expect(() => atMost(0, ['me'], 'doctor')).toThrow('sluice doctor does not take "me". See "sluice doctor --help".');
});
