import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PackOnDisk } from './pack-file';
import { probeProvider } from './probe';
import { packCopy, testPack, withFile } from './test-pack.test-support';

const never = new AbortController().signal;

describe('probing a provider', () => {
  test('the processor reproduces the golden vectors of every stage', async () => {
    const report = await probeProvider({ ...testPack(), provider: 'cpu' }, never);
    expect(report).toMatchObject({ provider: 'cpu', usable: true });
    expect(report.maxDifference).toBeLessThan(1e-4);
    expect(report.maxDifference).toBeGreaterThan(0);
    expect(report.seconds).toBeGreaterThan(0);
  });

  test('a provider that this machine lacks is reported with its reason', async () => {
    const report = await probeProvider({ ...testPack(), provider: 'dml' }, never);
    expect(report).toMatchObject({ provider: 'dml', usable: false });
    expect(report.reason).toMatch(/dml/);
    expect(report.maxDifference).toBeUndefined();
  });

  test('results that differ from the golden vectors are not trusted', async () => {
    const pack = await packWithGolden((golden) => golden.replace(/"prediction":\[(-?[\d.e-]+)/, '"prediction":[9.5'));
    const report = await probeProvider({ ...pack, provider: 'cpu' }, never);
    expect(report.usable).toBe(false);
    expect(report.maxDifference).toBeGreaterThan(1);
    expect(report.code).toBe('provider-inexact');
    expect(report.reason).toMatch(/differ from the pack’s golden vectors/);
  });

  test('golden vectors that were changed after the pack was made are refused', async () => {
    const pack = await packCopy();
    await writeFile(path.join(pack.packDirectory, 'golden.json'), '{}');
    const probe = probeProvider({ ...pack, provider: 'cpu' }, never);
    await expect(probe).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  test('golden vectors that lack a stage are refused', async () => {
    const pack = await packWithGolden((golden) => golden.replace('"stage":"tsr-6"', '"stage":"tsr-7"'));
    await expect(probeProvider({ ...pack, provider: 'cpu' }, never)).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringContaining('no golden vectors for stage tsr-6') as string,
    });
  });
});

/** The test pack with another golden.json, hashed as if it were its own. */
async function packWithGolden(change: (golden: string) => string): Promise<PackOnDisk> {
  const pack = await packCopy();
  const golden = await readFile(path.join(pack.packDirectory, 'golden.json'), 'utf8');
  expect(change(golden)).not.toBe(golden);
  return withFile(pack, 'golden.json', Buffer.from(change(golden)));
}
