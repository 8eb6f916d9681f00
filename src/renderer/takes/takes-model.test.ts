import { describe, expect, test } from 'vitest';
import { addTakes, rateTakes } from '#shared/project/edits/takes';
import { takeIdSchema } from '#shared/project/ids';
import { boatId, emptyTimeline, takeOne, takeOneId } from '#shared/project/project.test-fixtures';
import { columnsFor, likeIt, markedAfter, placeAfter, takesOf } from './takes-model';

const id = (name: string) => takeIdSchema.parse(`take-${name}`);
const more = ['b', 'c', 'd'].map((name, index) => likeIt(takeOne, { id: id(name), number: index + 2, seed: index }));
const project = addTakes(emptyTimeline(), { takes: more }).project;

test('takes come by rating, then by number; a filter shows the good ones', () => {
  const rated = rateTakes(project, { takeIds: [id('c')], rating: 4 }).project;
  expect(takesOf(rated, boatId).map((take) => take.id)).toEqual([id('c'), takeOneId, id('b'), id('d')]);
  expect(takesOf(rated, boatId, 3).map((take) => take.id)).toEqual([id('c')]);
});

test('a take like another has its directions, and nothing that was made or said of it', () => {
  const rated = { ...takeOne, rating: 5, stages: {} };
  expect(likeIt(rated, { id: id('x'), number: 9, seed: 3 })).toMatchObject({
    shotId: boatId,
    rating: 0,
    made: [],
    seed: 3,
  });
});

describe('marking', () => {
  const shown = ['a', 'b', 'c', 'd'].map(id);
  const marks = (marked: Parameters<typeof markedAfter>[0], take: string, how: Parameters<typeof markedAfter>[3]) => [
    ...markedAfter(marked, shown, id(take), how),
  ];
  test('one alone, one more or less, and all between two', () => {
    expect(marks(new Set(shown), 'b', 'only')).toEqual([id('b')]);
    expect(marks(new Set([id('a'), id('b')]), 'b', 'toggle')).toEqual([id('a')]);
    expect(marks(new Set([id('a')]), 'c', 'range')).toEqual(shown.slice(0, 3));
    expect(marks(new Set([id('d')]), 'b', 'range').sort()).toEqual(shown.slice(1));
    expect(marks(new Set(), 'b', 'range')).toEqual(shown.slice(0, 2));
  });
});

test('keys walk the grid and stay within it', () => {
  const walk = (key: string, at: number) => placeAfter(key, at, 7, 3);
  expect([walk('ArrowRight', 0), walk('ArrowDown', 1), walk('ArrowUp', 4), walk('End', 0), walk('Home', 5)]).toEqual([
    1, 4, 1, 6, 0,
  ]);
  expect([walk('ArrowLeft', 0), walk('ArrowDown', 5), walk('ArrowUp', 2)]).toEqual([0, 5, 2]);
  expect(walk('q', 0)).toBeUndefined();
});

test('few takes are large, many are small, and none is too small to judge', () => {
  const shape = { width: 5, height: 3 };
  const room = { width: 900, height: 400 };
  expect(columnsFor(1, room, shape, 44)).toBe(2);
  expect(columnsFor(16, room, shape, 44)).toBeGreaterThan(4);
  expect(room.width / columnsFor(500, room, shape, 44)).toBeGreaterThan(130);
});
