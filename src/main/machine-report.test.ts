import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { testPackDirectory } from './jobs/jobs.test-support';
import { machineReport } from './machine-report';
import { Sluice } from './sluice';

const never = new AbortController().signal;

test('what was found of providers is what jobs go by: none of them is tried again', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-home-'));
  const sluice = new Sluice({
    home,
    builtInPacks: [testPackDirectory],
    ffmpeg: { chosen: undefined, searchPath: '' },
    inferenceEntry: path.resolve(import.meta.dirname, '../../out/inference.js'),
    environment: process.env,
    version: '0.0.0',
  });
  onTestFinished(async () => {
    await sluice.close();
    await rm(home, { recursive: true, force: true });
  });
  const { providers } = await machineReport(sluice, never);
  const probe = vi.spyOn(sluice.inference, 'probe');
  const jobs = await sluice.jobs();
  const pack = await sluice.packs.resolve();
  for (const report of providers)
    expect(await jobs.services.providers.report(pack, report.provider, never)).toEqual(report);
  expect(providers.at(-1)).toMatchObject({ provider: 'cpu', usable: true });
  expect(probe).not.toHaveBeenCalled();
});
