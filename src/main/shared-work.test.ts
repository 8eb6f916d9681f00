import { expect, test, vi } from 'vitest';
import { isCancellation } from '#shared/errors';
import { SharedWork } from './shared-work';

/** Work that ends when the test says so. */
function workInHand() {
  const signals: AbortSignal[] = [];
  const ends: { resolve: (result: string) => void; reject: (error: Error) => void }[] = [];
  const begin = vi.fn((signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((resolve, reject) => ends.push({ resolve, reject }));
  });
  return { begin, signals, ends };
}

test('is begun once for all who ask meanwhile, and again for who asks later', async () => {
  const [shared, { begin, ends }] = [new SharedWork<string>(), workInHand()];
  const both = [shared.join('a', undefined, begin), shared.join('a', undefined, begin)];
  ends[0]!.resolve('first');
  expect(await Promise.all(both)).toEqual(['first', 'first']);
  const later = shared.join('a', undefined, begin);
  ends[1]!.resolve('second');
  expect(await later).toBe('second');
});

test('is another under another name', async () => {
  const [shared, { begin, ends }] = [new SharedWork<string>(), workInHand()];
  const [a, b] = [shared.join('a', undefined, begin), shared.join('b', undefined, begin)];
  ends[0]!.resolve('of a');
  ends[1]!.resolve('of b');
  expect([await a, await b]).toEqual(['of a', 'of b']);
});

test('fails for all who wait, and is forgotten', async () => {
  const [shared, { begin, ends }] = [new SharedWork<string>(), workInHand()];
  const both = [shared.join('a', undefined, begin), shared.join('a', undefined, begin)];
  ends[0]!.reject(new Error('broken'));
  for (const each of both) await expect(each).rejects.toThrow('broken');
  void shared.join('a', undefined, begin);
  expect(begin).toHaveBeenCalledTimes(2);
});

test('goes on while anybody waits; when nobody does it is aborted, and begun anew by who comes then', async () => {
  const [shared, { begin, signals, ends }] = [new SharedWork<string>(), workInHand()];
  const [one, two] = [new AbortController(), new AbortController()];
  const first = shared.join('a', one.signal, begin);
  const second = shared.join('a', two.signal, begin);
  one.abort();
  await expect(first).rejects.toSatisfy(isCancellation);
  expect(signals[0]!.aborted).toBe(false);
  two.abort();
  await expect(second).rejects.toSatisfy(isCancellation);
  expect(signals[0]!.aborted).toBe(true);
  const third = shared.join('a', undefined, begin);
  ends[0]!.reject(new Error('aborted'));
  await expect(shared.join('a', one.signal, begin)).rejects.toSatisfy(isCancellation);
  expect(begin).toHaveBeenCalledTimes(2);
  ends[1]!.resolve('anew');
  expect(await third).toBe('anew');
});
