import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { never, scratchFolder } from './ffmpeg.test-support';
import { hashFile } from './hash-file';
import { KnownFiles } from './known-files';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);
const quiet = (): void => undefined;

it('hashes a file in pieces, and says how far it is', async () => {
  const bytes = Buffer.alloc(700_000, 'sluice');
  writeFileSync(at('a'), bytes);
  const shares: number[] = [];
  const hashed = await hashFile(at('a'), (share) => shares.push(share), never);
  expect(hashed).toMatchObject({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
  });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares.at(-1)).toBe(1);
});

it('refuses a folder, a file that is not there, and one that changes while it is read; stops when told to', async () => {
  mkdirSync(at('folder'));
  await expect(hashFile(at('folder'), quiet, never)).rejects.toMatchObject({ code: 'media-unreadable' });
  await expect(hashFile(at('none'), quiet, never)).rejects.toMatchObject({ code: 'media-unreadable' });
  writeFileSync(at('growing'), Buffer.alloc(600_000));
  const growing = hashFile(at('growing'), () => appendFileSync(at('growing'), 'x'), never);
  await expect(growing).rejects.toMatchObject({ code: 'media-unreadable' });
  await expect(hashFile(at('a'), quiet, AbortSignal.abort())).rejects.toSatisfy(isCancellation);
});

it('reads a file again only when it changed, also after a restart; a damaged memory is an empty one', async () => {
  const memory = at('known.json');
  writeFileSync(at('film'), 'one');
  utimesSync(at('film'), 1000, 1000);
  const known = await KnownFiles.open(memory);
  const { sha256 } = await known.hashOf(at('film'), quiet, never);
  // As no honest file does: another content, the same size and time.
  writeFileSync(at('film'), 'two');
  utimesSync(at('film'), 1000, 1000);
  const again = await KnownFiles.open(memory);
  expect((await again.hashOf(at('film'), quiet, never)).sha256).toBe(sha256);
  expect(again.placesOf(sha256)).toEqual([at('film')]);
  utimesSync(at('film'), 2000, 2000);
  expect((await again.hashOf(at('film'), quiet, never)).sha256).not.toBe(sha256);
  writeFileSync(memory, readFileSync(memory).subarray(0, 20));
  expect((await KnownFiles.open(memory)).placesOf(sha256)).toEqual([]);
});
