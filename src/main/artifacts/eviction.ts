/** Keeps the artifact store within its size limit: what was used longest ago goes first, never what is pinned or being made. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Sha256 } from '#shared/units';
import type { ArtifactStore } from './artifact-store';

export interface Eviction {
  readonly removed: readonly Sha256[];
  /** Bytes that all artifacts take afterwards; above the limit when what is pinned alone exceeds it. */
  readonly sizeBytes: number;
}

/** Throws `artifact-corrupt` when it cannot tell what is pinned; then nothing was removed. */
export async function evictToLimit(store: ArtifactStore, limitBytes: number): Promise<Eviction> {
  const artifacts = [...(await store.list())].sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  let sizeBytes = artifacts.reduce((sum, artifact) => sum + artifact.metadata.sizeBytes, 0);
  const removed: Sha256[] = [];
  if (sizeBytes + (await quarantineBytes(store)) > limitBytes)
    await rm(store.files.quarantine, { recursive: true, force: true });
  for (const artifact of artifacts) {
    if (sizeBytes <= limitBytes) break;
    if (artifact.pinned || !(await store.removeUnlessNeeded(artifact.key))) continue;
    sizeBytes -= artifact.metadata.sizeBytes;
    removed.push(artifact.key);
  }
  return { removed, sizeBytes };
}

async function quarantineBytes(store: ArtifactStore): Promise<number> {
  const names = await readdir(store.files.quarantine).catch(() => []);
  const sizes = names.map((name) => stat(path.join(store.files.quarantine, name)).catch(() => undefined));
  return (await Promise.all(sizes)).reduce((sum, file) => sum + (file?.size ?? 0), 0);
}
