/**
 * One file that holds a project: its present state and, where they are given, its media, in a zip. No history, and no place of
 * this machine: media are named by their hash.
 */
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { diskError, fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { Media } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import type { Sha256 } from '#shared/units';
import { partialSuffix, syncFolder } from '../files/durable-write';
import { emptyStacks } from './entry';
import { encodeSnapshot } from './snapshot';

export interface ArchivedMedia {
  readonly sha256: Sha256;
  /** Where the file is. */
  readonly path: string;
}

export const archivedProject = 'project.json';
export const archivedMediaFolder = 'media';

/** Throws `output-exists`, `disk-full`, `disk-read-only`, `media-unreadable`; then nothing is left behind. */
export async function archiveProject(project: Project, media: readonly ArchivedMedia[], file: string): Promise<void> {
  await refuseExisting(file);
  const temporary = `${file}${partialSuffix}`;
  const included = new Set(media.map(({ sha256 }) => sha256));
  const snapshot = encodeSnapshot({ project: withoutPlaces(project, included), revision: 0, stacks: emptyStacks });
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(snapshot), archivedProject);
  for (const { sha256, path: from } of new Map(media.map((one) => [one.sha256, one])).values())
    zip.addFile(await plainFile(from), `${archivedMediaFolder}/${sha256}`, { compress: false });
  zip.end();
  try {
    await written(zip, temporary);
    await refuseExisting(file);
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskError(error, 'write', file);
  }
}

/** The zip reports what it cannot read on itself, not on its stream. */
async function written(zip: ZipFile, file: string): Promise<void> {
  const failed = new AbortController();
  zip.once('error', (error) => failed.abort(error));
  try {
    await pipeline(zip.outputStream, createWriteStream(file, { flags: 'w', flush: true }), { signal: failed.signal });
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  }
}

/** Media that come along are in the project's own folder; of the others only the file name is kept. */
export function withoutPlaces(project: Project, included: ReadonlySet<Sha256>): Project {
  const media = new Map(project.media);
  for (const one of media.values()) media.set(one.id, placed(one, included));
  return { ...project, media };
}

function placed(media: Media, included: ReadonlySet<Sha256>): Media {
  const inside = `${archivedMediaFolder}/${media.sha256}`;
  return { ...media, pathHint: included.has(media.sha256) ? inside : (media.pathHint.split(/[\\/]/).at(-1) ?? '') };
}

async function plainFile(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new SluiceError(
      'media-unreadable',
      `Cannot read ${file}, which the archive shall hold: find it again, or leave it out.`,
      {
        details: { path: file },
        cause: error,
      },
    );
  });
  await handle.close();
  return file;
}

async function refuseExisting(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== undefined)
    throw new SluiceError('output-exists', `There is something at ${file} already: choose another name.`, {
      details: { path: file },
    });
}
