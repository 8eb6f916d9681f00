import { expect, test } from 'vitest';
import { removedPreset, renamed, withAgain, withPreset } from './preset-list';

const preset = (name: string, weight = 3) => ({ name, weight });
const namesOf = (presets: readonly { readonly name: string }[]) => presets.map(({ name }) => name);

test('a preset takes the place of one with its name, and no two get the same name', () => {
  const two = withPreset(withPreset([], preset('a')), preset('b'));
  expect(withPreset(two, preset('a', 5))).toEqual([preset('a', 5), preset('b')]);
  expect(namesOf(renamed(two, 'a', 'c'))).toEqual(['c', 'b']);
  expect(namesOf(renamed(two, 'a', 'b'))).toEqual(['a', 'b']);
});

test('a new name is no removal, and a name given anew is not taken', () => {
  expect(removedPreset([preset('Soft')], [preset('Softer')])).toBeUndefined();
  expect(removedPreset([], [preset('Soft')])).toBeUndefined();
  const removed = removedPreset([preset('Soft'), preset('Mine'), preset('Hard')], [preset('Soft'), preset('Hard')]);
  expect(removed).toEqual({ preset: preset('Mine'), at: 1 });
  expect(namesOf(withAgain([preset('Soft'), preset('Hard')], removed!))).toEqual(['Soft', 'Mine', 'Hard']);
  expect(withAgain([preset('Mine', 7)], removed!)).toEqual([preset('Mine', 7)]);
});
