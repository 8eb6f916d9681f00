/**
 * Remembers which directories were verified, and in which state, so that a start does not hash gigabytes again.
 *
 * A state is the names, sizes, times and inodes of all files: whoever changes a byte changes a time. It is a convenience, not
 * a defence against somebody who can write to the user's disk; installing and `packs verify` always read every byte.
 */
import { createHash, randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fileErrorCode } from '#frames/disk-errors';
import { type Sha256, sha256Schema } from '#shared/units';
import { ensureHome } from '../ensure-home';
import { partialSuffix } from '../files/durable-write';
import { readJsonFile } from '../files/json-file';
import type { FoundFile } from './pack-files';

/** Raised when validation learns a new rule: what was verified before is then verified again. */
const rules = 1;

const rememberedSchema = z.strictObject({ rules: z.literal(rules), fingerprint: z.string(), hash: sha256Schema });

export interface VerificationMemory {
  /** Whether this pack was verified in this directory, and its files are as they were then. */
  knows(directory: string, hash: Sha256, files: readonly FoundFile[]): Promise<boolean>;
  remember(directory: string, hash: Sha256, files: readonly FoundFile[]): Promise<void>;
  /** The pack in this directory turned out to be damaged: the next look reads it all. */
  forget(directory: string): Promise<void>;
}

/**
 * Keeps one small file for each directory under `folder`. A damaged, empty or missing one only means verifying that pack again:
 * nothing is synced, and a disk that is full or read-only is no error.
 */
export function verificationMemory(folder: string): VerificationMemory {
  const fileOf = (directory: string) => path.join(folder, `${sha256(directory)}.json`);
  return {
    async knows(directory, hash, files) {
      const remembered = await readJsonFile(fileOf(directory), rememberedSchema).catch(() => undefined);
      return (
        remembered?.kind === 'read' &&
        remembered.value.hash === hash &&
        remembered.value.fingerprint === fingerprint(files)
      );
    },
    async remember(directory, hash, files) {
      const temporary = path.join(folder, `${randomUUID()}${partialSuffix}`);
      try {
        await ensureHome(folder);
        await writeFile(temporary, JSON.stringify({ rules, fingerprint: fingerprint(files), hash }));
        await rename(temporary, fileOf(directory));
      } catch (error) {
        if (fileErrorCode(error) === undefined) throw error;
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
    async forget(directory) {
      await rm(fileOf(directory), { force: true }).catch(() => undefined);
    },
  };
}

function fingerprint(files: readonly FoundFile[]): string {
  const lines = files.map(({ path: name, stat }) =>
    [name, stat.size, stat.mtimeNs, stat.ctimeNs, stat.ino].map(String).join(' '),
  );
  return sha256(lines.join('\n'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
