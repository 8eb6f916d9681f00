import { expect, test } from 'vitest';
import { nextAttempt, type Attempt } from './retry-policy';

const first: Attempt = {
  provider: 'webgpu',
  memoryBytes: 2e9,
  leastMemoryBytes: 7e8,
  crashes: 0,
  mayChangeProvider: true,
};

test('the first crash is tried again as it was, the second with less memory, the third elsewhere', () => {
  expect(nextAttempt('inference-crashed', first)).toEqual({ kind: 'again', memoryBytes: 2e9 });
  expect(nextAttempt('inference-crashed', { ...first, crashes: 1 })).toEqual({ kind: 'again', memoryBytes: 1e9 });
  expect(nextAttempt('inference-crashed', { ...first, crashes: 2 })).toEqual({ kind: 'other-provider' });
});

test('too little memory halves the allowance, down to the least that the stage runs with, and no further', () => {
  expect(nextAttempt('out-of-memory', first)).toEqual({ kind: 'again', memoryBytes: 1e9 });
  expect(nextAttempt('out-of-memory', { ...first, memoryBytes: 1e9 })).toEqual({ kind: 'again', memoryBytes: 7e8 });
  expect(nextAttempt('out-of-memory', { ...first, memoryBytes: 7e8 })).toEqual({ kind: 'other-provider' });
  expect(nextAttempt('out-of-memory', { ...first, memoryBytes: 6e8 })).toEqual({ kind: 'other-provider' });
});

test('the processor is the last provider, and a person who chose one keeps it', () => {
  const spent = { ...first, crashes: 2 };
  expect(nextAttempt('inference-crashed', { ...spent, provider: 'cpu' })).toEqual({ kind: 'give-up' });
  expect(nextAttempt('inference-crashed', { ...spent, mayChangeProvider: false })).toEqual({ kind: 'give-up' });
  expect(nextAttempt('inference-timeout', first)).toEqual({ kind: 'other-provider' });
  expect(nextAttempt('provider-unavailable', first)).toEqual({ kind: 'other-provider' });
});

test('what another attempt cannot mend is not tried again', () => {
  for (const code of ['network-not-finite', 'pack-invalid', 'disk-full'] as const)
    expect(nextAttempt(code, first)).toEqual({ kind: 'give-up' });
});
