/**
 * Reads the file that `archive.ts` writes, trusting nothing in it: known names only, sizes within limits, JSON of bounded depth
 * parsed by the schema, media that have the hash they are named by, no path of any machine. It writes where it is told and starts
 * nothing.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { diskError } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { Project } from '#shared/project/project';
import { sha256Schema, type Sha256 } from '#shared/units';
import { requireSpace } from '../files/disk-space';
import { archivedMediaFolder, archivedProject, withoutPlaces } from './archive';
import { jsonDepth } from './json-depth';
import type { Migrations } from './migrate';
import { replay } from './replay';
import { decodeSnapshot } from './snapshot';

export interface ReadArchive {
  /** Valid, with hints to media inside its own folder or to none. */
  readonly project: Project;
  /** Writes the media that came along into `folder`. Throws `project-invalid`, `disk-full`, `disk-read-only`. */
  extractMedia(folder: string): Promise<void>;
  close(): void;
}

const mostEntries = 10_000;
/** A project of 10,000 clips has 3 MB. */
const largestProjectBytes = 128 * 1024 ** 2;
/** A project nests to ten. */
const greatestDepth = 32;
const mediaPattern = new RegExp(`^${archivedMediaFolder}/([0-9a-f]{64})$`);

/** Throws `project-invalid`, `project-newer`. */
export async function readArchive(file: string, migrations: Migrations): Promise<ReadArchive> {
  const zip = await withZipErrors(file, () =>
    openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true }),
  );
  try {
    const { snapshot, media } = await withZipErrors(file, () => listed(file, zip));
    const read = await withZipErrors(file, async () => await buffer(await zip.openReadStreamPromise(snapshot)));
    const project = withoutPlaces(parsed(file, read.toString('utf8'), migrations), new Set(media.keys()));
    return {
      project,
      extractMedia: (folder) => extract(file, zip, media, project, path.join(folder, archivedMediaFolder)),
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listed(file: string, zip: ZipFile): Promise<{ snapshot: Entry; media: ReadonlyMap<Sha256, Entry> }> {
  if (zip.entryCount > mostEntries)
    throw refused(file, `it has ${zip.entryCount} entries, at most ${mostEntries} are read`);
  let snapshot: Entry | undefined;
  const media = new Map<Sha256, Entry>();
  for await (const entry of zip.eachEntry()) {
    const [, hash] = mediaPattern.exec(entry.fileName) ?? [];
    const sha256 = hash === undefined ? undefined : sha256Schema.parse(hash);
    const known = entry.fileName === archivedProject ? snapshot : sha256 && media.get(sha256);
    if (sha256 === undefined && entry.fileName !== archivedProject)
      throw refused(file, `it holds ${JSON.stringify(entry.fileName.slice(0, 100))}, which no project has`);
    if (known !== undefined || entry.isEncrypted())
      throw refused(file, `${entry.fileName} is there twice, or encrypted`);
    if (sha256 === undefined) snapshot = entry;
    else media.set(sha256, entry);
  }
  if (snapshot === undefined) throw refused(file, `it has no ${archivedProject}`);
  if (snapshot.uncompressedSize > largestProjectBytes)
    throw refused(file, `its project has ${snapshot.uncompressedSize} bytes, at most ${largestProjectBytes} are read`);
  return { snapshot, media };
}

function parsed(file: string, text: string, migrations: Migrations): Project {
  if (jsonDepth(text) > greatestDepth) throw refused(file, `its project nests deeper than ${greatestDepth}`);
  const found = decodeSnapshot(text, migrations.newest, file);
  if (found.kind !== 'read') throw refused(file, 'its project is damaged');
  return replay(found.snapshot, [], migrations).state.project;
}

async function extract(
  file: string,
  zip: ZipFile,
  media: ReadonlyMap<Sha256, Entry>,
  project: Project,
  folder: string,
): Promise<void> {
  if (media.size === 0) return;
  const wanted = new Set([...project.media.values()].map(({ sha256 }) => sha256));
  await mkdir(folder, { recursive: true });
  const bytes = [...media.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  await requireSpace(folder, bytes, `The media of ${file}`);
  for (const [sha256, entry] of media) {
    if (!wanted.has(sha256)) throw refused(file, `it holds media ${sha256} that its project does not use`);
    const target = path.join(folder, sha256);
    await withZipErrors(file, async () =>
      pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx', flush: true })),
    );
    if ((await hashOf(target)) !== sha256) throw refused(file, `the media ${sha256} have another content`);
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function refused(file: string, why: string, cause?: unknown): SluiceError {
  return new SluiceError('project-invalid', `${file} is not imported: ${why}. Ask for it to be archived again.`, {
    details: { path: file },
    cause,
  });
}

/** The zip reader throws plain errors. */
async function withZipErrors<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const known = diskError(error, 'read', file);
    if (known instanceof SluiceError || !(error instanceof Error)) throw known;
    throw refused(file, `it cannot be read (${error.message.slice(0, 200)})`, error);
  }
}
