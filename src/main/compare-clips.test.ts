import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createFrameFile } from '#frames/writer';
import { compareClips } from './compare-clips';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;

async function clip(name: string, frames: number, valueAt: (i: number) => number): Promise<string> {
  const file = path.join(folder, name);
  const writer = await createFrameFile(file, { frames, height: 2, width: 5, fps: 3 });
  await writer.write(Uint8Array.from({ length: frames * 30 }, (_, i) => valueAt(i)));
  await writer.finish();
  return file;
}

it('says how far two clips are apart', async () => {
  const a = await clip('a', 2, (i) => i);
  const b = await clip('b', 2, (i) => (i === 45 ? i + 6 : i));
  expect(await compareClips(a, a, never)).toEqual({ mean: 0, largest: 0 });
  expect(await compareClips(a, b, never)).toEqual({ mean: 0.1, largest: 6 });
  expect(await compareClips(b, a, never)).toEqual({ mean: 0.1, largest: 6 });
});

it('refuses clips of different shapes', async () => {
  const compared = compareClips(await clip('c', 1, () => 0), await clip('d', 2, () => 0), never);
  await expect(compared).rejects.toMatchObject({ code: 'invalid-argument' });
});
