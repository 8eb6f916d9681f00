/**
 * Where unfinished stages keep what they have: one folder a stage and provider, since each provider's numbers are its own. A
 * folder lives until its stage is an artifact.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import type { Provider } from '#shared/inference-contract';
import { sha256Schema, type Sha256 } from '#shared/units';
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

  /** Removes checkpoints of stages that are finished, which a process left that was killed between the two. */
  async removeFinished(artifacts: ArtifactStore): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const key = sha256Schema.safeParse(name);
      if (!key.success) continue;
      const attempt = await artifacts.attemptLock(key.data);
      if (attempt.kind === 'busy') continue;
      try {
        if (await artifacts.has(key.data)) await this.remove(key.data);
      } finally {
        await attempt.lock.release();
      }
    }
  }
}
