import { expect, it } from 'vitest';
import {
  SluiceError,
  cancellation,
  deserialiseError,
  isCancellation,
  serialiseError,
  serialisedErrorSchema,
} from './errors';

it('keeps code, details and the chain of causes across a process boundary', () => {
  const cause = new SluiceError('disk-full', 'No space.', { details: { freeBytes: 12 } });
  const error = new SluiceError('internal', 'Could not commit.', { details: { stage: 'base' }, cause });

  const crossed = deserialiseError(serialisedErrorSchema.parse(JSON.parse(JSON.stringify(serialiseError(error)))));

  expect(crossed).toMatchObject({ code: 'internal', message: 'Could not commit.', details: { stage: 'base' } });
  expect(crossed.cause).toMatchObject({ code: 'disk-full', details: { freeBytes: 12 } });
});

it('tells cancellation apart from failure on both sides', () => {
  expect(isCancellation(deserialiseError(serialiseError(cancellation())))).toBe(true);
  expect(isCancellation(deserialiseError(serialiseError(new Error('boom'))))).toBe(false);
});

it('survives a cause that refers to itself', () => {
  const error = new Error('loop');
  error.cause = error;
  let depth = 0;
  for (let at = serialiseError(error).cause; at !== undefined; at = at.cause) depth += 1;
  expect(depth).toBeLessThan(20);
});

it('serialises what was thrown even when it is no error', () => {
  expect(serialiseError('just text')).toMatchObject({ kind: 'error', code: 'internal', message: 'just text' });
});
