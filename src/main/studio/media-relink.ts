/**
 * Finds missing media again: a person shows where one of them is now, and those that lie beside it are found by their hashes. One edit, so
 * that it can be taken back.
 */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { inOneStep } from '#shared/project/change';
import { changeMedia } from '#shared/project/edits/media';
import type { MediaId } from '#shared/project/ids';
import type { Media } from '#shared/project/media';
import { make, type Importing } from './media-import';
import { refuseReadOnly } from './media-uploads';

/** A folder of photographs; beyond that a person chooses one by one. */
const mostBeside = 10_000;

/** Those that were found, the one that was asked for first. Throws `invalid-argument` where `file` is another one, `media-unreadable`. */
export async function relink(importing: Importing, mediaId: MediaId, file: string): Promise<readonly MediaId[]> {
  const { project, shelf, onProgress, signal } = importing;
  refuseReadOnly(project);
  const media = project.project.media.get(mediaId);
  if (media === undefined) throw new SluiceError('invalid-argument', 'This media is not in the project any more.');
  const { sha256 } = await shelf.known.hashOf(file, (share) => onProgress('reading', share), signal);
  if (sha256 !== media.sha256)
    throw new SluiceError(
      'invalid-argument',
      `"${path.basename(file)}" is another file than “${media.name}”: its content differs. Choose the one that was imported, or import this one as new.`,
      { details: { file, media: mediaId } },
    );
  const found = new Map([[mediaId, file]]);
  for (const other of await otherMissing(importing, mediaId)) {
    const beside = await besideOf(importing, other, path.dirname(file));
    if (beside !== undefined) found.set(other.id, beside);
  }
  const steps = [...found].map(
    ([id, place]) =>
      (at: typeof project.project) =>
        changeMedia(at, { mediaId: id, pathHint: place }),
  );
  await make(project, inOneStep(project.project, 'change-media', steps));
  return [...found.keys()];
}

async function otherMissing({ project, shelf, signal }: Importing, but: MediaId): Promise<readonly Media[]> {
  const missing = [];
  for (const media of project.project.media.values()) {
    if (media.id === but) continue;
    const { kind } = await shelf.find(media, project.directory, () => undefined, signal);
    if (kind === 'missing') missing.push(media);
  }
  return missing;
}

/** Only what can be it is read: a file of its size, or where that is not known one of its name. */
async function besideOf(
  { shelf, onProgress, signal }: Importing,
  media: Media,
  folder: string,
): Promise<string | undefined> {
  const names = (await readdir(folder)).slice(0, mostBeside);
  const known = path.basename(media.pathHint.replaceAll('\\', '/'));
  for (const name of names.sort((a, b) => Number(b === known) - Number(a === known))) {
    const place = path.join(folder, name);
    const facts = await stat(place).catch(() => undefined);
    const mayBe = media.sizeBytes === undefined ? name === known : facts?.size === media.sizeBytes;
    if (facts?.isFile() !== true || !mayBe) continue;
    const hashed = await shelf.known
      .hashOf(place, (share) => onProgress('reading', share), signal)
      .catch(() => undefined);
    signal.throwIfAborted();
    if (hashed?.sha256 === media.sha256) return place;
  }
  return undefined;
}
