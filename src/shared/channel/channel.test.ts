import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { isCancellation, type SluiceError } from '../errors';
import { connect } from './channel';
import { closeAll, contract, heldTransport, pair, until } from './channel.test-contract';

afterEach(closeAll);

describe('requests', () => {
  test('answers come back to the call that asked, in whatever order they are ready', async () => {
    const { channel } = pair();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ value: fc.integer({ min: -1e6, max: 1e6 }), afterMs: fc.nat(5) }), { maxLength: 20 }),
        async (asked) => {
          const answers = await Promise.all(asked.map((request) => channel.request('double', request)));
          expect(answers).toEqual(asked.map(({ value }) => 2 * value));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('bytes arrive as they were, and only the part that the view shows is sent', async () => {
    const { channel } = pair();
    const part = new Uint8Array(1024).fill(7).subarray(10, 20);
    const echoed = await channel.request('echo', part);
    expect(echoed).toEqual(new Uint8Array(10).fill(7));
    expect(echoed.buffer.byteLength).toBe(10);
    expect(part.byteLength).toBe(10);
  });

  test('errors keep code, details and cause', async () => {
    const { channel } = pair();
    const error = await channel.request('fail', 'Nothing there.').catch((thrown: unknown) => thrown as SluiceError);
    expect(error).toMatchObject({
      code: 'artifact-missing',
      message: 'Nothing there.',
      cause: { code: 'disk-full', details: { freeBytes: 0 } },
    });
  });

  test('an abort is acknowledged at once and reaches the handler', async () => {
    const { channel, seen } = pair();
    const abort = new AbortController();
    const answer = channel.request('wait', undefined, abort.signal);
    await until(() => seen.waiting === true);
    abort.abort();
    await expect(answer).rejects.toSatisfy(isCancellation);
    await until(() => seen.aborted);
  });

  test('a signal that had aborted before sends nothing', async () => {
    const transport = heldTransport();
    const channel = connect(transport, contract);
    await expect(channel.request('wait', undefined, AbortSignal.abort())).rejects.toSatisfy(isCancellation);
    expect(transport.sent).toEqual([]);
  });
});

describe('streams', () => {
  test('back-pressure: a producer is never further ahead than the credit and the one event in its hands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.nat(2), { maxLength: 60 }),
        async (credit, count, pauses) => {
          const { channel, seen } = pair();
          const read: number[] = [];
          for await (const event of channel.stream('count', count, undefined, credit)) {
            for (let turn = 0; turn < (pauses[read.length] ?? 0); turn += 1) await sleep(0);
            expect(seen.produced - read.length).toBeLessThanOrEqual(credit + 2);
            read.push(event);
          }
          expect(read).toEqual(Array.from({ length: count }, (_, i) => i));
          channel.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  test('droppable events never hold the producer up: the newest is kept, what must arrive arrives in order', async () => {
    const { channel, seen } = pair();
    const steps: number[] = [];
    const frames: number[] = [];
    const stream = channel.stream('frames', { count: 500, steps: 3 }, undefined, 1);
    await until(() => seen.produced >= 500);
    for await (const event of stream) {
      if (event.kind === 'step') steps.push(event.step);
      else frames.push(event.frame);
    }
    expect(steps).toEqual([0, 1, 2]);
    expect(frames).toEqual([...frames].sort((a, b) => a - b));
    expect(frames.at(-1)).toBe(1499);
    expect(frames.length).toBeLessThan(100);
  });

  test.each(['leaving the loop', 'aborting'])('%s ends the producer', async (how) => {
    const { channel, seen } = pair();
    const abort = new AbortController();
    const stream = channel.stream('count', 1_000_000, abort.signal);
    const reading = (async () => {
      for await (const event of stream) {
        if (event < 20) continue;
        if (how === 'leaving the loop') break;
        abort.abort();
      }
    })();
    if (how === 'aborting') await expect(reading).rejects.toSatisfy(isCancellation);
    else await reading;
    await stream.released;
    expect(seen.ended).toBe(true);
    expect(seen.produced).toBeLessThan(60);
  });

  test('an aborted read throws before the producer has stopped', async () => {
    const transport = heldTransport();
    const channel = connect(transport, contract);
    const abort = new AbortController();
    const stream = channel.stream('count', 3, abort.signal);
    transport.arrive({ type: 'event', id: 1, payload: 0 });
    const released = stream.released.then(() => 'released');
    abort.abort();
    await expect(stream.next()).rejects.toSatisfy(isCancellation);
    expect(await Promise.race([released, sleep(5, 'not yet')])).toBe('not yet');
    expect(transport.sent.map(({ type }) => type)).toEqual(['call', 'cancel']);
    transport.arrive({ type: 'event', id: 1, payload: 1 });
    transport.arrive({ type: 'end', id: 1 });
    expect(await released).toBe('released');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
