/**
 * One file that holds a project: its present state and, where they are given, its media and the frames that were made of its takes, in a
 * zip. No history, and no place of this machine: media are named by their hash, frames by their key.
 */
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { diskError, fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { Media } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import type { Sha256 } from '#shared/units';
import type { ArtifactMetadata } from '../artifacts/metadata';
import { partialSuffix, syncFolder } from '../files/durable-write';
import { archivedFramesList, archivedFramesName, archivedMediaName, archivedProject } from './archive-layout';
import { emptyStacks } from './entry';
import { encodeSnapshot } from './snapshot';

export interface ArchivedMedia {
  readonly sha256: Sha256;
  /** Where the file is. */
  readonly path: string;
}

export interface ArchivedFrames {
  readonly metadata: ArtifactMetadata;
  /** Where its frame file is. */
  readonly path: string;
}

/** What goes along with the project itself. */
export interface ArchiveContents {
  readonly media: readonly ArchivedMedia[];
  readonly frames: readonly ArchivedFrames[];
}

/** Who waits for an archive. */
export interface ArchiveWatch {
  readonly signal?: AbortSignal;
  /** Called with every piece that is written or read, of at most 64 KiB. What it holds besides files is little, and not counted. */
  readonly onBytes?: (done: number, of: number) => void;
}

/** Throws `output-exists`, `disk-full`, `disk-read-only`, `media-unreadable`, the reason of the signal; then nothing is left behind. */
export async function archiveProject(
  project: Project,
  contents: ArchiveContents,
  file: string,
  { signal, onBytes }: ArchiveWatch = {},
): Promise<void> {
  await refuseExisting(file);
  const temporary = `${file}${partialSuffix}`;
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  try {
    const { zip, bytes } = await zipOf(project, contents, stop, (error) => failed.abort(error));
    await written(zip, temporary, stop, (done) => onBytes?.(Math.min(done, bytes), bytes));
    await refuseExisting(file);
    stop.throwIfAborted();
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskError(error, 'write', file);
  }
}

/** `onFailed`: a file could not be read, or the zip not be made. `bytes`: of the files in it. */
async function zipOf(
  project: Project,
  { media, frames }: ArchiveContents,
  stop: AbortSignal,
  onFailed: (error: unknown) => void,
): Promise<{ readonly zip: ZipFile; readonly bytes: number }> {
  const included = new Set(media.map(({ sha256 }) => sha256));
  const snapshot = encodeSnapshot({ project: withoutPlaces(project, included), revision: 0, stacks: emptyStacks });
  const zip = new ZipFile();
  zip.on('error', onFailed);
  let bytes = 0;
  const add = async (from: string, name: string): Promise<void> => {
    const size = await sizeOf(from);
    bytes += size;
    zip.addReadStreamLazy(name, { compress: false, size }, (give) => give(null, read(from, stop, onFailed)));
  };
  zip.addBuffer(Buffer.from(snapshot), archivedProject);
  for (const { sha256, path: from } of new Map(media.map((one) => [one.sha256, one])).values())
    await add(from, archivedMediaName(sha256));
  const clips = [...new Map(frames.map((one) => [one.metadata.key, one])).values()];
  if (clips.length > 0) {
    const list = { format: 1, frames: clips.map(({ metadata }) => metadata) };
    zip.addBuffer(Buffer.from(JSON.stringify(list)), archivedFramesList);
  }
  for (const { metadata, path: from } of clips) await add(from, archivedFramesName(metadata.key));
  zip.end();
  return { zip, bytes };
}

/** The zip closes what it has read to the end; this also what it was stopped in. */
function read(file: string, signal: AbortSignal, onFailed: (error: unknown) => void): ReadStream {
  return createReadStream(file, { signal }).once('error', onFailed);
}

async function written(
  zip: ZipFile,
  file: string,
  signal: AbortSignal,
  onDone: (bytes: number) => void,
): Promise<void> {
  let done = 0;
  const counted = async function* (pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
    for await (const piece of pieces) {
      yield piece;
      onDone((done += Buffer.byteLength(piece)));
    }
  };
  try {
    await pipeline(zip.outputStream, counted, createWriteStream(file, { flags: 'w', flush: true }), { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** Media that come along are in the project's own folder; of the others only the file name is kept. */
export function withoutPlaces(project: Project, included: ReadonlySet<Sha256>): Project {
  const media = new Map(project.media);
  for (const one of media.values()) media.set(one.id, placed(one, included));
  return { ...project, media };
}

function placed(media: Media, included: ReadonlySet<Sha256>): Media {
  const { sha256, pathHint } = media;
  const lastName = pathHint.split(/[\\/]/).at(-1) ?? '';
  return { ...media, pathHint: included.has(sha256) ? archivedMediaName(sha256) : lastName };
}

/** Of a file that can be read. */
async function sizeOf(file: string): Promise<number> {
  try {
    const handle = await open(file, 'r');
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new SluiceError(
      'media-unreadable',
      `Cannot read ${file}, which the archive shall hold: find it again, or leave it out.`,
      { details: { path: file }, cause: error },
    );
  }
}

/** Throws `output-exists`. */
export async function refuseExisting(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== undefined)
    throw new SluiceError('output-exists', `There is something at ${file} already: choose another name.`, {
      details: { path: file },
    });
}
