/**
 * Reads the file that `archive.ts` writes, trusting nothing in it: JSON of bounded depth parsed by the schema, media that have the hash
 * they are named by, frames that the project refers to, no path of any machine. It writes where it is told and starts nothing.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Entry } from 'yauzl';
import type { SluiceError } from '#shared/errors';
import { artifactKeys } from '#shared/project/artifact-keys';
import type { Project } from '#shared/project/project';
import type { ArtifactMetadata } from '../artifacts/metadata';
import { requireSpace } from '../files/disk-space';
import { withoutPlaces, type ArchiveWatch } from './archive';
import { archiveRefused, listArchive, withZipErrors, type ArchiveEntries } from './archive-entries';
import { archivedFramesList, archivedMediaFolder, framesListSchema } from './archive-layout';
import { jsonDepth } from './json-depth';
import type { Migrations } from './migrate';
import { replay } from './replay';
import { decodeSnapshot } from './snapshot';

export interface ReadArchive {
  /** Valid, with hints to media inside its own folder or to none. */
  readonly project: Project;
  /** As they say themselves; the project refers to each. Whether they are so only their frame files show. */
  readonly frames: readonly ArtifactMetadata[];
  /** Writes the media that came along into `folder`. Throws `project-invalid`, `disk-full`, `disk-read-only`, the reason of the signal. */
  extractMedia(folder: string): Promise<void>;
  /** Writes the frame file of `frames`, unchecked, where nothing is yet. Throws as `extractMedia` does. */
  extractFrames(metadata: ArtifactMetadata, to: string): Promise<void>;
  /** Counts them as read: they are not needed. */
  passFrames(metadata: ArtifactMetadata): void;
  /** The error that says that it is not imported, and why. */
  refused(why: string, cause?: unknown): SluiceError;
  close(): void;
}

/** A project nests to ten. */
const greatestDepth = 32;

/** An archive from which files are taken. */
interface Reading {
  readonly file: string;
  readonly entries: ArchiveEntries;
  readonly signal: AbortSignal | undefined;
  /** Counts more of its files' bytes as read. */
  readonly count: (bytes: number) => void;
}

/** `watch`: of the files that are taken from it later. Throws `project-invalid`, `project-newer`. */
export async function readArchive(
  file: string,
  migrations: Migrations,
  { signal, onBytes }: ArchiveWatch = {},
): Promise<ReadArchive> {
  const entries = await listArchive(file);
  try {
    const text = await textOf(file, entries, entries.project);
    const project = withoutPlaces(parsed(file, text, migrations), new Set(entries.media.keys()));
    const frames = await framesIn(file, entries, project);
    const reading: Reading = { file, entries, signal, count: counted(entries, onBytes) };
    return {
      project,
      frames,
      extractMedia: (folder) => extractMedia(reading, project, path.join(folder, archivedMediaFolder)),
      extractFrames: async ({ key }, to) => {
        const entry = entries.frames.get(key);
        if (entry !== undefined) await extract(reading, entry, to);
      },
      passFrames: ({ key }) => reading.count(entries.frames.get(key)?.uncompressedSize ?? 0),
      refused: (why, cause) => archiveRefused(file, why, cause),
      close: () => {
        entries.zip.close();
      },
    };
  } catch (error) {
    entries.zip.close();
    throw error;
  }
}

function counted({ media, frames }: ArchiveEntries, onBytes: ArchiveWatch['onBytes']): Reading['count'] {
  const of = bytesOf([...media.values(), ...frames.values()]);
  let done = 0;
  return (bytes) => onBytes?.((done += bytes), of);
}

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
}

async function textOf(file: string, { zip }: ArchiveEntries, entry: Entry): Promise<string> {
  const bytes = await withZipErrors(file, async () => await buffer(await zip.openReadStreamPromise(entry)));
  const text = bytes.toString('utf8');
  if (jsonDepth(text) > greatestDepth)
    throw archiveRefused(file, `its ${entry.fileName} nests deeper than ${greatestDepth}`);
  return text;
}

function parsed(file: string, text: string, migrations: Migrations): Project {
  const found = decodeSnapshot(text, migrations.newest, file);
  if (found.kind !== 'read') throw archiveRefused(file, 'its project is damaged');
  return replay(found.snapshot, [], migrations).state.project;
}

/** One in the list for each frame file, each of which the project refers to. */
async function framesIn(file: string, entries: ArchiveEntries, project: Project): Promise<readonly ArtifactMetadata[]> {
  const { framesList, frames } = entries;
  const list = framesList === undefined ? [] : parsedList(file, await textOf(file, entries, framesList));
  const listed = new Set(list.map(({ key }) => key));
  if (listed.size !== list.length || listed.size !== frames.size)
    throw archiveRefused(file, `it has ${frames.size} frame files, and its ${archivedFramesList} names ${list.length}`);
  const wanted = artifactKeys(project);
  for (const { key, sizeBytes } of list) {
    if (!wanted.has(key)) throw archiveRefused(file, `it holds frames ${key} that its project does not use`);
    if (frames.get(key)?.uncompressedSize !== sizeBytes)
      throw archiveRefused(file, `the frames ${key} are not as large as its ${archivedFramesList} says`);
  }
  return list;
}

function parsedList(file: string, text: string): readonly ArtifactMetadata[] {
  try {
    return framesListSchema.parse(JSON.parse(text)).frames;
  } catch (error) {
    throw archiveRefused(file, `its ${archivedFramesList} is damaged`, error);
  }
}

async function extractMedia(reading: Reading, project: Project, folder: string): Promise<void> {
  const {
    file,
    entries: { media },
  } = reading;
  if (media.size === 0) return;
  const wanted = new Set([...project.media.values()].map(({ sha256 }) => sha256));
  await mkdir(folder, { recursive: true });
  await requireSpace(folder, bytesOf([...media.values()]), `The media of ${file}`);
  for (const [sha256, entry] of media) {
    if (!wanted.has(sha256)) throw archiveRefused(file, `it holds media ${sha256} that its project does not use`);
    const hash = createHash('sha256');
    await extract(reading, entry, path.join(folder, sha256), (piece) => hash.update(piece));
    if (hash.digest('hex') !== sha256) throw archiveRefused(file, `the media ${sha256} have another content`);
  }
}

async function extract(
  { file, entries: { zip }, signal, count }: Reading,
  entry: Entry,
  target: string,
  onPiece: (piece: Buffer) => void = () => undefined,
): Promise<void> {
  const heard = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      onPiece(piece);
      yield piece;
      count(piece.length);
    }
  };
  try {
    await withZipErrors(file, async () => {
      const from = await zip.openReadStreamPromise(entry);
      await pipeline(from, heard, createWriteStream(target, { flags: 'wx', flush: true }), { signal });
    });
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : error;
  }
}
