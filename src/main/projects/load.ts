/**
 * Reads a project as far as it was saved, changing nothing: the snapshot, or where that is damaged the newest copy that is whole,
 * and every entry of the journals after it. It asks nobody; what it had to leave out it reports.
 */
import path from 'node:path';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { FileSystem } from '../files/file-system';
import { listCopies } from './copies';
import { decodeEntries, type Entry } from './entry';
import { firstRevisionOf, layoutOf, type Layout } from './layout';
import type { Migrations } from './migrate';
import { replay } from './replay';
import { readSnapshot, type ProjectState, type Snapshot } from './snapshot';

/** A journal file, current or of before, and how far it could be used. */
export interface JournalFile {
  readonly path: string;
  readonly firstRevision: number | undefined;
  readonly sizeBytes: number;
  readonly usedBytes: number;
}

export interface Loaded {
  readonly state: ProjectState;
  /** Where the state starts from, and in which version. */
  readonly from: { readonly file: string; readonly schemaVersion: number; readonly revision: number };
  /** Snapshots that were there but damaged. */
  readonly damagedSnapshots: readonly string[];
  /** From the first one that was read on; the current journal is last, if there is one. */
  readonly journals: readonly JournalFile[];
  /** Entries of the current journal. */
  readonly entries: readonly Entry[];
}

/** A writer that replaces the snapshot while it is read is let finish, so often at most. */
const mostReadings = 5;

/** Throws `project-not-found`, `project-newer`, `project-invalid`, and what reading throws. */
export async function loadProject(files: FileSystem, folder: string, migrations: Migrations): Promise<Loaded> {
  const { snapshot } = layoutOf(folder);
  for (let reading = 1; ; reading += 1) {
    const before = await readIfThere(() => files.stat(snapshot));
    const loaded = await readProject(files, folder, migrations);
    const after = await readIfThere(() => files.stat(snapshot));
    if (reading === mostReadings || (before?.ino === after?.ino && before?.mtimeMs === after?.mtimeMs)) return loaded;
  }
}

async function readProject(files: FileSystem, folder: string, migrations: Migrations): Promise<Loaded> {
  const layout = layoutOf(folder);
  const copies = await listCopies(files, layout.copies);
  const damagedSnapshots: string[] = [];
  let failure: SluiceError | undefined;
  for (const file of [layout.snapshot, ...copies.map(({ name }) => path.join(layout.copies, name))]) {
    const found = await readSnapshot(files, file, migrations.newest);
    if (found.kind === 'damaged') damagedSnapshots.push(file);
    if (found.kind !== 'read') continue;
    try {
      return { ...(await continued(files, layout, file, found.snapshot, migrations)), damagedSnapshots };
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      damagedSnapshots.push(file);
      failure ??= error;
    }
  }
  throw failure ?? missing(folder, damagedSnapshots);
}

/** Of what version a project is, without reading more of it. Throws `project-newer`. */
export async function refuseNewer(files: FileSystem, folder: string, migrations: Migrations): Promise<void> {
  await readSnapshot(files, layoutOf(folder).snapshot, migrations.newest);
}

async function continued(
  files: FileSystem,
  layout: Layout,
  file: string,
  snapshot: Snapshot,
  migrations: Migrations,
): Promise<Omit<Loaded, 'damagedSnapshots'>> {
  const read = await readJournals(files, layout, snapshot.revision);
  const after = read
    .flatMap(({ decoded }) => decoded.entries)
    .filter(({ entry }) => entry.revision > snapshot.revision);
  const { state, used } = replay(
    snapshot,
    contiguous(
      after.map(({ entry }) => entry),
      snapshot.revision,
    ),
    migrations,
  );
  const last = snapshot.revision + used;
  const journals = read.map((journal): JournalFile => {
    const ends = journal.decoded.entries.filter(({ entry }) => entry.revision <= last).map(({ endByte }) => endByte);
    return { ...journal, usedBytes: ends.at(-1) ?? 0 };
  });
  const current = read.find((journal) => journal.path === layout.journal);
  const entries = (current?.decoded.entries ?? []).map(({ entry }) => entry).filter(({ revision }) => revision <= last);
  const { schemaVersion, revision } = snapshot;
  return { state, from: { file, schemaVersion, revision }, journals, entries };
}

/** The journals that hold entries after `revision`, the current one always. */
async function readJournals(files: FileSystem, layout: Layout, revision: number) {
  const segments = (await segmentsOf(files, layout)).filter(
    (_, index, all) => (all[index + 1]?.firstRevision ?? Infinity) > revision + 1,
  );
  const read = [];
  for (const file of [...segments.map((segment) => segment.path), layout.journal]) {
    const bytes = await readIfThere(() => files.readFile(file));
    if (bytes === undefined) continue;
    const decoded = decodeEntries(bytes);
    read.push({ path: file, firstRevision: decoded.entries[0]?.entry.revision, sizeBytes: bytes.length, decoded });
  }
  return read;
}

export interface Segment {
  readonly path: string;
  readonly firstRevision: number;
}

/** Journals of before, in order. */
export async function segmentsOf(files: FileSystem, layout: Layout): Promise<readonly Segment[]> {
  const names = (await readIfThere(() => files.readdir(layout.history))) ?? [];
  const segments = names.flatMap((name): Segment[] => {
    const firstRevision = firstRevisionOf(name);
    return firstRevision === undefined ? [] : [{ path: path.join(layout.history, name), firstRevision }];
  });
  return segments.sort((a, b) => a.firstRevision - b.firstRevision);
}

function contiguous(entries: readonly Entry[], revision: number): readonly Entry[] {
  const gap = entries.findIndex((entry, index) => entry.revision !== revision + index + 1);
  return gap === -1 ? entries : entries.slice(0, gap);
}

/** Undefined for what is missing, also where its folder is a file. */
export async function readIfThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}

function missing(folder: string, damaged: readonly string[]): SluiceError {
  if (damaged.length === 0)
    return new SluiceError(
      'project-not-found',
      `There is no project in ${folder}: choose a folder that ends in .sluice.`,
      {
        details: { folder },
      },
    );
  return new SluiceError(
    'project-invalid',
    `The project in ${folder} cannot be read: ${damaged.length === 1 ? 'its file is' : `all ${damaged.length} versions of it are`} damaged. Restore the folder from a backup.`,
    { details: { folder, damaged: damaged.length } },
  );
}
