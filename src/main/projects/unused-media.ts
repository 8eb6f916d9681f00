/** The files in a project's own folder that it has no use for any more. Files elsewhere are the person's and nobody's business. */
import path from 'node:path';
import { sha256Schema, type Sha256 } from '#shared/units';
import { syncFolder } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import { archivedMediaFolder } from './archive-layout';
import { layoutOf } from './layout';
import { readIfThere } from './load';

export interface UnusedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** The journal or a dated copy names it: undo, or going back to that copy, could bring a clip back that needs it. */
  readonly isInHistory: boolean;
}

/** What was just brought may not have its edit yet. */
const settledAfterMs = 10 * 60_000;

/**
 * A file is in use while `inUse` has its hash: the media of the project as it is (in its library, whether or not a clip shows them) and of
 * every other one that is open. Any other is unused. Since undo has no end, most of those are still named by the project's history; which
 * ones is told by looking for their hashes in every file that the project keeps, rather than by following what undo could reach: it is said of
 * too many sooner than of too few. Files of other names, and those of the last ten minutes, are passed over.
 */
export async function unusedMedia(
  files: FileSystem,
  folder: string,
  inUse: ReadonlySet<Sha256>,
  now: Date,
): Promise<readonly UnusedFile[]> {
  const media = path.join(folder, archivedMediaFolder);
  const found: { readonly hash: Sha256; readonly path: string; readonly sizeBytes: number }[] = [];
  for (const name of (await readIfThere(() => files.readdir(media))) ?? []) {
    const hash = sha256Schema.safeParse(name).data;
    if (hash === undefined || inUse.has(hash)) continue;
    const file = path.join(media, name);
    const facts = await readIfThere(() => files.stat(file));
    if (facts === undefined || Math.abs(now.getTime() - facts.mtimeMs) < settledAfterMs) continue;
    found.push({ hash, path: file, sizeBytes: facts.size });
  }
  const named = found.length === 0 ? new Set() : await hashesInHistory(files, folder);
  return found.map(({ hash, ...file }) => ({ ...file, isInHistory: named.has(hash) }));
}

/** Throws what removing throws; what is removed by then stays so. */
export async function removeFiles(files: FileSystem, folder: string, unused: readonly UnusedFile[]): Promise<void> {
  for (const file of unused) await files.rm(file.path, { force: true });
  if (unused.length > 0) await syncFolder(path.join(folder, archivedMediaFolder), files);
}

/** All that is written like one, in whichever state it was. */
async function hashesInHistory(files: FileSystem, folder: string): Promise<ReadonlySet<string>> {
  const { snapshot, journal, history, copies, damaged } = layoutOf(folder);
  const kept = [snapshot, journal];
  for (const inside of [history, copies, damaged])
    for (const name of (await readIfThere(() => files.readdir(inside))) ?? []) kept.push(path.join(inside, name));
  const hashes = new Set<string>();
  for (const file of kept) {
    const text = (await readIfThere(() => files.readFile(file)))?.toString('latin1') ?? '';
    for (const [hash] of text.matchAll(/[0-9a-f]{64}/g)) hashes.add(hash);
  }
  return hashes;
}
