import { expect, test } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { takeIdSchema } from '#shared/project/ids';
import { columnsOf, sidesThere, withOneMore, withoutSide, withSide } from './sides';

const take = (name: string) => takeIdSchema.parse(`take-${name}`);
const stage = (name: string) => stageIdSchema.parse(name);
const two = [
  { takeId: take('a'), stage: undefined },
  { takeId: take('b'), stage: stage('base') },
];

test('one more is a take that is not shown, and where all are, the next stage of the last', () => {
  const stages = [stage('base'), stage('ssr-48')];
  const three = withOneMore(two, [take('a'), take('b'), take('c')], stages);
  expect(three[2]).toEqual({ takeId: take('c'), stage: undefined });
  expect(withOneMore(two, [take('a'), take('b')], stages)[2]).toEqual({ takeId: take('b'), stage: stage('ssr-48') });
  const four = withOneMore(three, [take('d')], stages);
  expect(withOneMore(four, [take('e')], stages)).toHaveLength(4);
});

test('two stay, whatever is taken away', () => {
  expect(withoutSide(two, 0)).toEqual(two);
  expect(withoutSide([...two, two[0]!], 0)).toEqual([two[1], two[0]]);
});

test('sides of takes that are gone go; one alone compares nothing', () => {
  expect(sidesThere(two, new Set([take('a')]))).toEqual([]);
  expect(sidesThere([...two, two[0]!], new Set([take('a')]))).toHaveLength(2);
});

test('a side changes its take or its stage, the others stay', () => {
  expect(withSide(two, 1, { stage: undefined })).toEqual([two[0], { takeId: take('b'), stage: undefined }]);
  expect([2, 3, 4].map(columnsOf)).toEqual([2, 3, 2]);
});
