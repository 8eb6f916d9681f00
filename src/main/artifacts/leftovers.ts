/** What killed processes leave in the artifact store's folder: found by whose it was, never by its age. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Sha256 } from '#shared/units';
import { readJsonFile } from '../files/json-file';
import type { LockAttempt, Locks } from '../files/lock';
import type { ArtifactFiles } from './artifact-files';
import { artifactMetadataSchema } from './metadata';

/** What of an artifact store is needed to tidy its folder. */
export interface StoreFolder {
  readonly files: ArtifactFiles;
  readonly locks: Locks;
  attemptLock(key: Sha256): Promise<LockAttempt>;
}

/**
 * Removes unfinished files of dead processes and frame files that never got their metadata; puts back the metadata of artifacts
 * whose removal was not decided.
 */
export async function removeLeftovers(store: StoreFolder): Promise<void> {
  const { files, locks } = store;
  for (const name of await readdir(files.folder)) {
    const file = files.classify(name);
    if ((file.kind !== 'partial' && file.kind !== 'removing') || (await locks.presence.isAlive(file.owner))) continue;
    const leftover = path.join(files.folder, name);
    if (file.kind === 'removing') await putBack(store, file.key, leftover);
    else await rm(leftover, { force: true });
  }
  const names = new Set(await readdir(files.folder));
  for (const name of names) {
    const file = files.classify(name);
    if (file.kind === 'frames' && !names.has(path.basename(files.metadata(file.key))))
      await removeUnfinished(store, file.key);
  }
}

/** An artifact whose frames are still there was not removed: its remover died before it knew whether it may. */
async function putBack(store: StoreFolder, key: Sha256, metadata: string): Promise<void> {
  await withFreeLock(store, key, async () => {
    const isWhole = await exists(store.files.frames(key));
    if (isWhole && !(await exists(store.files.metadata(key)))) await rename(metadata, store.files.metadata(key));
    else await rm(metadata, { recursive: true, force: true });
  });
}

async function removeUnfinished(store: StoreFolder, key: Sha256): Promise<void> {
  await withFreeLock(store, key, async () => {
    const metadata = await readJsonFile(store.files.metadata(key), artifactMetadataSchema);
    if (metadata.kind === 'absent') await rm(store.files.frames(key), { force: true });
  });
}

/** Does nothing for an artifact that is being made: who makes it replaces what is there. */
async function withFreeLock(store: StoreFolder, key: Sha256, action: () => Promise<void>): Promise<void> {
  const attempt = await store.attemptLock(key);
  if (attempt.kind === 'busy') return;
  try {
    await action();
  } finally {
    await attempt.lock.release();
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
