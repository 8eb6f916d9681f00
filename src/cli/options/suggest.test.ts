import { expect, it } from 'vitest';
import { editDistance, nearest } from './suggest';

it.each([
  ['', 'abc', 3],
  ['seed', 'seed', 0],
  ['sead', 'seed', 1],
  ['esed', 'seed', 1],
  ['kitten', 'sitting', 3],
])('the distance from %j to %j is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

it('suggests what was probably meant and nothing far-fetched', () => {
  const known = ['seed', 'negative', 'guidance', 'variations'];
  expect(nearest('negatve', known)).toBe('negative');
  expect(nearest('var', known)).toBe('variations');
  expect(nearest('output', known)).toBeUndefined();
});
