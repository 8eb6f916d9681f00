import { expect, it } from 'vitest';
import { startStudio, temporaryHome } from './studio.test-support';

const pictures = (value: number, frames = 2) => ({
  frames,
  height: 8,
  width: 8,
  fps: 8,
  read: (from: number, to: number) => Promise.resolve(new Uint8Array((to - from) * 8 * 8 * 3).fill(value)),
});

it('counts what clips take, and removes those that nothing needs', async () => {
  const { studio, open } = await startStudio(await temporaryHome());
  const { artifacts } = studio.parts.jobs;
  const { signal } = new AbortController();
  const kept = await artifacts.import(pictures(1), signal);
  await artifacts.import(pictures(2), signal);
  await artifacts.pins.set('project-1', [kept.sha256]);
  const window = await open();
  const before = await window.request('storage', {});
  expect(before).toMatchObject({ clips: 2, unusedClips: 1, limitBytes: 20 * 1024 ** 3 });
  expect(before.usedBytes).toBeGreaterThan(before.unusedBytes);
  const after = await window.request('clearUnused', {});
  expect(after).toMatchObject({ clips: 1, unusedClips: 0, unusedBytes: 0 });
  expect(await artifacts.has(kept.sha256)).toBe(true);
});

it('keeps to the limit that is set, for every window at once', async () => {
  const { open } = await startStudio(await temporaryHome());
  const [one, other] = [await open(), await open()];
  const artifactLimitBytes = 512 * 1024 ** 2;
  await one.request('changeSettings', { set: { artifactLimitBytes } });
  expect((await other.request('storage', {})).limitBytes).toBe(artifactLimitBytes);
});
