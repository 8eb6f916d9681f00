import { describe, expect, test } from 'vitest';
import { hashOf } from '#shared/project/project.test-fixtures';
import { jobIdSchema } from '#shared/studio/job-id';
import type { JobFacts } from '#shared/studio/jobs';
import { moveTo, queueLists, totalTime } from './queue-order';

const id = (digit: number) => jobIdSchema.parse(`0000000${digit}-89ab-cdef-0123-456789abcdef`);
const job = (digit: number, kind: JobFacts['state']['kind'], seconds?: number): JobFacts => ({
  id: id(digit),
  state: { kind } as JobFacts['state'],
  prompt: '',
  packHash: hashOf('a'),
  ...(seconds !== undefined && { seconds }),
});
const jobs = [
  job(1, 'done'),
  job(2, 'running', 50),
  job(3, 'waiting', 10),
  job(4, 'failed'),
  job(5, 'paused', 99),
  job(6, 'waiting'),
];
const { open, ended } = queueLists(jobs);

test('open jobs keep their order, ended ones come newest first', () => {
  expect(open.map((each) => each.id)).toEqual([2, 3, 5, 6].map(id));
  expect(ended.map((each) => each.id)).toEqual([4, 1].map(id));
});

test('the total takes what was measured of a running job, leaves paused ones out, and says what is not known', () => {
  expect(totalTime(open, (each) => (each === id(2) ? 5 : undefined))).toEqual({ seconds: 15, unknown: 1 });
});

describe('moving', () => {
  test.each([
    [3, 0, 2],
    [2, 1, 5],
    [2, 3, undefined],
    [6, 1, 3],
  ])('job %i to place %i goes before %s', (which, to, before) => {
    expect(moveTo(open, id(which), to)).toEqual({
      kind: 'move',
      id: id(which),
      ...(before !== undefined && { before: id(before) }),
    });
  });
  test('to where it lies, beyond the ends, or of a job that ended, is no move', () => {
    expect(moveTo(open, id(2), -1)).toBeUndefined();
    expect(moveTo(open, id(6), 9)).toBeUndefined();
    expect(moveTo(open, id(1), 0)).toBeUndefined();
  });
});
