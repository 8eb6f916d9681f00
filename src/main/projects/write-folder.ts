/** Makes a project's folder, whole or not at all: filled under another name, synced, renamed. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { partialSuffix, renameDurably, syncFolder, writeDurably } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import { decodeEntries, encodeEntry, type Entry } from './entry';
import { layoutOf, projectSuffix, segmentName, type Layout } from './layout';
import { readIfThere, segmentsOf } from './load';
import { encodeSnapshot, type ProjectState } from './snapshot';

/** The history that a project takes along: the journals in `from`, and entries that never were written there. */
export interface TakenHistory {
  readonly from: Layout;
  readonly unwritten: readonly Entry[];
}

/** What a killed process left half made is removed by whoever makes a project beside it, but not before this much time. */
const abandonedAfterMs = 24 * 3_600_000;
const unfinishedPattern = new RegExp(`\\${projectSuffix}\\.[0-9a-f]{16}\\${partialSuffix}$`);

export async function removeAbandoned(files: FileSystem, parent: string, now: Date): Promise<void> {
  for (const name of (await readIfThere(() => files.readdir(parent))) ?? []) {
    if (!unfinishedPattern.test(name)) continue;
    const folder = path.join(parent, name);
    const found = await readIfThere(() => files.stat(folder));
    if (found !== undefined && now.getTime() - found.mtimeMs > abandonedAfterMs)
      await files.rm(folder, { force: true, recursive: true });
  }
}

/** Throws `output-exists` where something has that name, `disk-full`, `disk-read-only`; then nothing is left behind. */
export async function writeFolder(
  files: FileSystem,
  folder: string,
  state: ProjectState,
  history?: TakenHistory,
  fill: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await refuseExisting(files, folder);
  const temporary = `${folder}.${randomBytes(8).toString('hex')}${partialSuffix}`;
  const layout = layoutOf(temporary);
  try {
    await withDiskErrors('create', folder, async () => {
      await files.mkdir(temporary, { recursive: true });
      await fill(temporary);
      if (history !== undefined) await takeHistory(files, history, layout);
      await writeDurably(layout.snapshot, encodeSnapshot(state), undefined, files);
      await refuseExisting(files, folder);
      await renameDurably(temporary, folder, files);
    });
  } catch (error) {
    await files.rm(temporary, { force: true, recursive: true }).catch(() => undefined);
    throw error;
  }
}

async function refuseExisting(files: FileSystem, folder: string): Promise<void> {
  if ((await readIfThere(() => files.stat(folder))) === undefined) return;
  throw new SluiceError('output-exists', `There is something at ${folder} already: choose another name.`, {
    details: { path: folder },
  });
}

async function takeHistory(files: FileSystem, { from, unwritten }: TakenHistory, to: Layout): Promise<void> {
  await files.mkdir(to.history, { recursive: true });
  for (const segment of await segmentsOf(files, from)) {
    const copy = path.join(to.history, path.basename(segment.path));
    await files.copyFile(segment.path, copy);
    await synced(files, copy);
  }
  const journal = (await readIfThere(() => files.readFile(from.journal))) ?? Buffer.alloc(0);
  const { entries, validBytes } = decodeEntries(journal);
  const first = entries[0]?.entry.revision ?? unwritten[0]?.revision;
  if (first === undefined) return;
  const bytes = Buffer.concat([journal.subarray(0, validBytes), Buffer.from(unwritten.map(encodeEntry).join(''))]);
  await writeDurably(path.join(to.history, segmentName(first)), bytes, undefined, files);
  await syncFolder(to.history, files);
}

async function synced(files: FileSystem, file: string): Promise<void> {
  const handle = await files.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
