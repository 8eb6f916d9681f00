/**
 * What may not be evicted: each owner (a project, a running job) has a file that names its artifacts. Jobs name theirs after
 * their process, so that a job that was killed pins nothing.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { sha256Schema, type Sha256 } from '#shared/units';
import { syncFolder } from '../files/durable-write';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import type { Presence } from '../files/presence';

const pinsSchema = z.strictObject({ keys: z.array(sha256Schema) });
const ownerPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const runPrefix = 'run.';

export class Pins {
  private runs = 0;

  constructor(
    private readonly folder: string,
    private readonly presence: Presence,
  ) {}

  /**
   * Replaces what `owner` pins; durable when it returns.
   * Throws `invalid-argument` for an owner that is not 1 to 100 letters, digits, `-` and `_`, `disk-full`, `disk-read-only`.
   */
  async set(owner: string, keys: Iterable<Sha256>): Promise<void> {
    await this.write(this.fileOf(owner), keys);
  }

  async clear(owner: string): Promise<void> {
    await rm(this.fileOf(owner), { force: true });
  }

  /** Pins for as long as this process lives, or until the returned pin is released. */
  async holdForRun(keys: Iterable<Sha256>): Promise<{ release(): Promise<void> }> {
    const file = path.join(this.folder, `${runPrefix}${this.presence.id}.${(this.runs += 1)}.json`);
    await this.write(file, keys);
    return { release: () => rm(file, { force: true }) };
  }

  /** Everything pinned by anyone. A pin file that cannot be read throws `artifact-corrupt`: nothing is evicted on a guess. */
  async all(): Promise<ReadonlySet<Sha256>> {
    const keys = new Set<Sha256>();
    for (const name of await this.names()) {
      if (!name.endsWith('.json') || (await this.removeIfDead(name))) continue;
      const read = await readJsonFile(path.join(this.folder, name), pinsSchema);
      if (read.kind === 'damaged') throw unreadable(path.join(this.folder, name));
      if (read.kind === 'read') for (const key of read.value.keys) keys.add(key);
    }
    return keys;
  }

  private async removeIfDead(name: string): Promise<boolean> {
    if (!name.startsWith(runPrefix)) return false;
    if (await this.presence.isAlive(name.split('.')[1] ?? '')) return false;
    await rm(path.join(this.folder, name), { force: true });
    return true;
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  private async write(file: string, keys: Iterable<Sha256>): Promise<void> {
    await withDiskErrors('create', this.folder, async () => {
      const isNew = (await mkdir(this.folder, { recursive: true })) !== undefined;
      if (isNew) await syncFolder(path.dirname(this.folder));
    });
    await writeJsonFile(file, { keys: [...new Set(keys)] });
  }

  private fileOf(owner: string): string {
    if (!ownerPattern.test(owner))
      throw new SluiceError(
        'invalid-argument',
        `Cannot pin artifacts for ${JSON.stringify(owner)}: give an owner of 1 to 100 letters, digits, hyphens and underscores.`,
      );
    return path.join(this.folder, `${owner}.json`);
  }
}

function unreadable(file: string): SluiceError {
  return new SluiceError(
    'artifact-corrupt',
    `Cannot tell which artifacts are in use: ${file} is damaged. Open and save the project of that name, or remove the file; until then nothing is evicted.`,
    { details: { file } },
  );
}
