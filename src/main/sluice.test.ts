import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mebibyte } from '#shared/units';
import { defaultArtifactLimitBytes } from './jobs/cascade-jobs';
import { Sluice } from './sluice';

/** What artifacts may take in a home with these settings, as a door that is no studio opens it. */
async function limitWith(settings: string | undefined): Promise<number> {
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  if (settings !== undefined) await writeFile(path.join(home, 'settings.json'), settings);
  const sluice = new Sluice({
    home,
    builtInPacks: [],
    ffmpeg: { chosen: undefined, searchPath: '' },
    inferenceEntry: path.join(home, 'inference.js'),
    environment: {},
    version: '0.0.0',
  });
  try {
    return (await sluice.jobs()).services.artifactLimitBytes;
  } finally {
    await sluice.close();
  }
}

test('artifacts may take what was set in the studio, else the usual', async () => {
  const chosen = 100 * 1024 * mebibyte;
  expect(await limitWith(JSON.stringify({ artifactLimitBytes: chosen, theme: 'dark' }))).toBe(chosen);
  expect(await limitWith('{}')).toBe(defaultArtifactLimitBytes);
  expect(await limitWith(undefined)).toBe(defaultArtifactLimitBytes);
  expect(await limitWith('{ damaged')).toBe(defaultArtifactLimitBytes);
});
