/**
 * Reads the file that `archive.ts` writes, trusting nothing in it: JSON of bounded depth parsed by the schema, media that have the hash
 * they are named by, frames that the project refers to, no path of any machine. It writes where it is told and starts nothing.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
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
import { withoutPlaces } from './archive';
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
  /** Writes the media that came along into `folder`. Throws `project-invalid`, `disk-full`, `disk-read-only`. */
  extractMedia(folder: string): Promise<void>;
  /** Writes the frame file of `frames`, unchecked, where nothing is yet. Throws `project-invalid`, `disk-full`, `disk-read-only`. */
  extractFrames(metadata: ArtifactMetadata, to: string): Promise<void>;
  /** The error that says that it is not imported, and why. */
  refused(why: string, cause?: unknown): SluiceError;
  close(): void;
}

/** A project nests to ten. */
const greatestDepth = 32;

/** Throws `project-invalid`, `project-newer`. */
export async function readArchive(file: string, migrations: Migrations): Promise<ReadArchive> {
  const entries = await listArchive(file);
  try {
    const text = await textOf(file, entries, entries.project);
    const project = withoutPlaces(parsed(file, text, migrations), new Set(entries.media.keys()));
    const frames = await framesIn(file, entries, project);
    return {
      project,
      frames,
      extractMedia: (folder) => extractMedia(file, entries, project, path.join(folder, archivedMediaFolder)),
      extractFrames: async ({ key }, to) => {
        const entry = entries.frames.get(key);
        if (entry !== undefined) await extract(file, entries, entry, to);
      },
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

async function extractMedia(file: string, entries: ArchiveEntries, project: Project, folder: string): Promise<void> {
  const { media } = entries;
  if (media.size === 0) return;
  const wanted = new Set([...project.media.values()].map(({ sha256 }) => sha256));
  await mkdir(folder, { recursive: true });
  const bytes = [...media.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  await requireSpace(folder, bytes, `The media of ${file}`);
  for (const [sha256, entry] of media) {
    if (!wanted.has(sha256)) throw archiveRefused(file, `it holds media ${sha256} that its project does not use`);
    const target = path.join(folder, sha256);
    await extract(file, entries, entry, target);
    if ((await hashOf(target)) !== sha256) throw archiveRefused(file, `the media ${sha256} have another content`);
  }
}

async function extract(file: string, { zip }: ArchiveEntries, entry: Entry, target: string): Promise<void> {
  await withZipErrors(file, async () =>
    pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx', flush: true })),
  );
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
