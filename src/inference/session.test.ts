import { describe, expect, onTestFinished, test } from 'vitest';
import { mebibyte } from '#shared/units';
import { SessionPool, type SessionRequest } from './session';
import { testPack } from './test-pack.test-support';

function pool(): SessionPool {
  const created = new SessionPool();
  onTestFinished(() => created.release());
  return created;
}

function request(graph: string, changes: Partial<SessionRequest> = {}): SessionRequest {
  return {
    pack: testPack(),
    graph,
    provider: 'cpu',
    threads: 1,
    memoryBytes: 1024 * mebibyte,
    workingBytes: 10 * mebibyte,
    ...changes,
  };
}

describe('the sessions of a process', () => {
  test('stay loaded while the memory setting has room for them', async () => {
    const sessions = pool();
    const { session } = await sessions.acquire(request('base.onnx'));
    await sessions.acquire(request('tsr-6.onnx'));
    expect((await sessions.acquire(request('base.onnx'))).session).toBe(session);
  });

  test('the least recently used goes when the next one needs its room', async () => {
    const sessions = pool();
    const large = { memoryBytes: 1024 * mebibyte, workingBytes: 100 * mebibyte };
    const first = await sessions.acquire(request('base.onnx', large));
    const second = await sessions.acquire(request('tsr-6.onnx', large));
    await sessions.acquire(request('base.onnx', large));
    const tight = { memoryBytes: 1024 * mebibyte, workingBytes: 750 * mebibyte };
    await sessions.acquire(request('ssr-48.onnx', tight));
    expect((await sessions.acquire(request('base.onnx', large))).session).toBe(first.session);
    expect((await sessions.acquire(request('tsr-6.onnx', large))).session).not.toBe(second.session);
    await expect(second.session.run({}, [])).rejects.toThrow();
  });

  test('small ones stay beside a run that would like all memory, until they are many', async () => {
    const sessions = pool();
    const greedy = request('ssr-768.onnx', { workingBytes: Number.MAX_SAFE_INTEGER });
    const base = await sessions.acquire(request('base.onnx', { workingBytes: 40 * mebibyte }));
    const { workingBytes } = await sessions.acquire(greedy);
    expect(workingBytes).toBeLessThan(860 * mebibyte);
    expect((await sessions.acquire(request('base.onnx', { workingBytes: 40 * mebibyte }))).session).toBe(base.session);
    await sessions.acquire(request('tsr-6.onnx', { workingBytes: 40 * mebibyte }));
    await sessions.acquire(greedy);
    await expect(base.session.run({}, [])).rejects.toThrow();
  });

  test('what is left for a run is the setting less the process, the weights and what idle sessions hold', async () => {
    const sessions = pool();
    const alone = await sessions.acquire(request('base.onnx'));
    expect(alone.workingBytes).toBeGreaterThan(880 * mebibyte);
    expect(alone.workingBytes).toBeLessThan(896 * mebibyte);
    const beside = await sessions.acquire(request('tsr-6.onnx'));
    expect(beside.workingBytes).toBeLessThan(alone.workingBytes - 9 * mebibyte);
    const starved = await sessions.acquire(request('tsr-6.onnx', { memoryBytes: mebibyte }));
    expect(starved.workingBytes).toBeLessThan(-127 * mebibyte);
  });

  test('large ones can be given back alone', async () => {
    const sessions = pool();
    const small = await sessions.acquire(request('base.onnx'));
    const large = await sessions.acquire(request('ssr-768.onnx', { workingBytes: 100 * mebibyte }));
    await sessions.release(64 * mebibyte);
    await expect(large.session.run({}, [])).rejects.toThrow();
    expect((await sessions.acquire(request('base.onnx'))).session).toBe(small.session);
  });

  test('another number of threads is another session', async () => {
    const sessions = pool();
    const one = await sessions.acquire(request('base.onnx'));
    expect((await sessions.acquire(request('base.onnx', { threads: 2 }))).session).not.toBe(one.session);
  });

  test('a provider that this machine lacks is named', async () => {
    const loading = pool().acquire(request('base.onnx', { provider: 'coreml' }));
    await expect(loading).rejects.toMatchObject({ code: 'provider-unavailable', details: { provider: 'coreml' } });
  });
});
