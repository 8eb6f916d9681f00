/**
 * The entries of a project's archive, before anything of it is read: known names only, each once, and no more bytes than the file has.
 * What lies in it under its hash is stored as it is, so a small file cannot unpack to a large one.
 */
import { stat } from 'node:fs/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { diskError } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { Sha256 } from '#shared/units';
import { archiveEntryOf, archivedProject } from './archive-layout';

export interface ArchiveEntries {
  readonly zip: ZipFile;
  readonly project: Entry;
  readonly framesList: Entry | undefined;
  readonly media: ReadonlyMap<Sha256, Entry>;
  /** By the key of the artifact. */
  readonly frames: ReadonlyMap<Sha256, Entry>;
}

/** As many takes as a project may have, several stages of each: 100,000 entries name them in 15 MB. */
const mostEntries = 100_000;
/** A project of 10,000 clips has 3 MB. */
const largestTextBytes = 128 * 1024 ** 2;
/** Method 0 of the zip format. */
const stored = 0;

/** The caller closes `zip`. Throws `project-invalid`, and what reading the file throws. */
export async function listArchive(file: string): Promise<ArchiveEntries> {
  const zip = await withZipErrors(file, () =>
    openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true }),
  );
  try {
    return await withZipErrors(file, () => listed(file, zip));
  } catch (error) {
    zip.close();
    throw error;
  }
}

export function archiveRefused(file: string, why: string, cause?: unknown): SluiceError {
  return new SluiceError('project-invalid', `${file} is not imported: ${why}. Ask for it to be archived again.`, {
    details: { path: file },
    cause,
  });
}

/** The zip reader throws plain errors. */
export async function withZipErrors<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const known = diskError(error, 'read', file);
    if (known instanceof SluiceError || !(error instanceof Error)) throw known;
    throw archiveRefused(file, `it cannot be read (${error.message.slice(0, 200)})`, error);
  }
}

async function listed(file: string, zip: ZipFile): Promise<ArchiveEntries> {
  if (zip.entryCount > mostEntries)
    throw archiveRefused(file, `it has ${zip.entryCount} entries, at most ${mostEntries} are read`);
  const names = new Set<string>();
  const texts = new Map<string, Entry>();
  const hashed = { media: new Map<Sha256, Entry>(), frames: new Map<Sha256, Entry>() };
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry;
    const known = archiveEntryOf(fileName);
    if (known === undefined)
      throw archiveRefused(file, `it holds ${JSON.stringify(fileName.slice(0, 100))}, which no project has`);
    if (names.has(fileName) || entry.isEncrypted())
      throw archiveRefused(file, `${fileName} is there twice, or encrypted`);
    names.add(fileName);
    if ('hash' in known) hashed[known.kind].set(known.hash, refuseCompressed(file, entry));
    else texts.set(known.kind, refuseLarge(file, entry));
  }
  const project = texts.get('project');
  if (project === undefined) throw archiveRefused(file, `it has no ${archivedProject}`);
  await refuseMoreThanThereIs(file, [...hashed.media.values(), ...hashed.frames.values()]);
  return { zip, project, framesList: texts.get('frames-list'), ...hashed };
}

function refuseLarge(file: string, entry: Entry): Entry {
  if (entry.uncompressedSize <= largestTextBytes) return entry;
  const { fileName, uncompressedSize } = entry;
  throw archiveRefused(file, `its ${fileName} has ${uncompressedSize} bytes, at most ${largestTextBytes} are read`);
}

function refuseCompressed(file: string, entry: Entry): Entry {
  if (entry.compressionMethod === stored && entry.compressedSize === entry.uncompressedSize) return entry;
  throw archiveRefused(file, `its ${entry.fileName} is compressed, which no archive of a project does`);
}

/** Entries may point at the same bytes, and so pretend to be many. */
async function refuseMoreThanThereIs(file: string, entries: readonly Entry[]): Promise<void> {
  const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const { size } = await stat(file);
  if (bytes > size) throw archiveRefused(file, `its entries claim ${bytes} bytes, and it has ${size}`);
}
