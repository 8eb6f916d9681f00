/**
 * Where unfinished stages keep what they have: one folder a stage and provider, since each provider's numbers are its own. A
 * folder lives until its stage is an artifact.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import type { Provider } from '#shared/inference-contract';
import { sha256Schema, type Sha256 } from '#shared/units';
import { folderSize } from '../files/disk-space';
import type { ArtifactStore } from '../artifacts/artifact-store';

export class Checkpoints {
  constructor(private readonly folder: string) {}

  /** The folder of a stage's checkpoints, created. Throws `disk-full`, `disk-read-only`. */
  async folderOf(key: Sha256, provider: Provider): Promise<string> {
    const folder = path.join(this.folder, key, provider);
    await withDiskErrors('create', folder, () => mkdir(folder, { recursive: true }));
    return folder;
  }

  /** Forgets how far the stage came. The caller holds its lock. */
  async remove(key: Sha256): Promise<void> {
    await rm(path.join(this.folder, key), { recursive: true, force: true });
  }

  /**
   * Removes checkpoints of stages that are finished, which a process left that was killed between the two, and folders of stages that
   * failed before their first step; then those used longest ago until the rest takes no more than `limitBytes`. Never those of a stage
   * that somebody is making.
   */
  async tidy(artifacts: ArtifactStore, limitBytes: number): Promise<void> {
    const kept = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const key = sha256Schema.safeParse(name);
      if (!key.success) continue;
      const size = () => sizeNow(path.join(this.folder, name));
      const isSpent = async () => (await size()).sizeBytes === 0 || (await artifacts.has(key.data));
      if (!(await this.removeIf(key.data, artifacts, isSpent))) kept.push({ key: key.data, ...(await size()) });
    }
    let sizeBytes = kept.reduce((sum, checkpoint) => sum + checkpoint.sizeBytes, 0);
    for (const checkpoint of kept.sort((a, b) => a.usedMs - b.usedMs)) {
      if (sizeBytes <= limitBytes) return;
      if (await this.removeIf(checkpoint.key, artifacts, () => true)) sizeBytes -= checkpoint.sizeBytes;
    }
  }

  private async removeIf(
    key: Sha256,
    artifacts: ArtifactStore,
    condition: () => Promise<boolean> | boolean,
  ): Promise<boolean> {
    const attempt = await artifacts.attemptLock(key);
    if (attempt.kind === 'busy') return false;
    try {
      const isMet = await condition();
      if (isMet) await this.remove(key);
      return isMet;
    } finally {
      await attempt.lock.release();
    }
  }
}

/** Another process may finish the stage, and remove the folder, while this one looks into it. */
async function sizeNow(folder: string): ReturnType<typeof folderSize> {
  return folderSize(folder).catch((error: unknown) => {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    return { sizeBytes: 0, usedMs: 0 };
  });
}
