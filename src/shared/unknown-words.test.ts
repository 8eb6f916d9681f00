import { expect, test } from 'vitest';
import { unknownWords } from './unknown-words';

const prompting = { examples: [], words: ['a', 'red', 'Boat'] };

test('words are known in whatever case; a pack that says nothing of words knows none to be unknown', () => {
  expect(unknownWords('A red boat, a red DRAGON; a dragon-fly', { prompting })).toEqual(['DRAGON', 'dragon-fly']);
  expect(unknownWords('a dragon', { prompting: { examples: [] } })).toEqual([]);
  expect(unknownWords('a dragon', {})).toEqual([]);
});
