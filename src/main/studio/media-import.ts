/** Brings a file into a project: reads its hash, recognises what is there already, looks at what it is, and makes one edit of it. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { addMedia, changeMedia } from '#shared/project/edits/media';
import type { Change } from '#shared/project/change';
import { newEditId, newMediaId, type MediaId } from '#shared/project/ids';
import { mediaSchema, type Media } from '#shared/project/media';
import { mediaName } from '#shared/studio/media';
import type { Sha256 } from '#shared/units';
import { describeMedia, type MediaDescription } from '../media/describe-media';
import { mediaFolderName } from '../media/find-media';
import { mediaFormatOf } from '../media/media-format';
import type { Upload } from '../media/upload';
import type { OpenProject } from '../projects/open-project';
import type { MediaShelf } from './media-shelf';
import { refuseReadOnly } from './media-uploads';

export interface Importing {
  readonly shelf: MediaShelf;
  readonly project: OpenProject;
  readonly onProgress: (step: 'reading' | 'examining', share: number) => void;
  readonly signal: AbortSignal;
}

export interface Imported {
  readonly mediaId: MediaId;
  readonly isNew: boolean;
  /** Of a sample, where they are more than are kept. */
  readonly bits?: number;
}

/** A file that stays where it is. Throws `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, `project-locked`, the reason of `signal`. */
export async function importFile(importing: Importing, file: string): Promise<Imported> {
  const { shelf, project, onProgress, signal } = importing;
  refuseReadOnly(project);
  // What is no media at all is refused before it is read through.
  await mediaFormatOf(file);
  const { sha256, sizeBytes } = await shelf.known.hashOf(file, (share) => onProgress('reading', share), signal);
  const already = mediaWith(project, sha256);
  if (already === undefined) {
    const description = await examined(importing, file);
    return await added(project, { description, sha256, sizeBytes, name: path.basename(file), pathHint: file });
  }
  if (await isMissing(importing, already)) await make(project, placed(project, already, file));
  return { mediaId: already.id, isNew: false };
}

/** One that came by upload; it goes into the project's folder, or away. Throws as `importFile` does, `disk-full`. */
export async function importUpload(importing: Importing, upload: Upload): Promise<Imported> {
  const { project } = importing;
  try {
    refuseReadOnly(project);
    const sha256 = await upload.finish();
    const pathHint = `${mediaFolderName}/${sha256}`;
    const already = mediaWith(project, sha256);
    if (already === undefined) {
      const description = await examined(importing, upload.path);
      await kept(importing, upload, sha256);
      return await added(project, { description, sha256, sizeBytes: upload.sizeBytes, name: upload.name, pathHint });
    }
    if (await isMissing(importing, already)) {
      await kept(importing, upload, sha256);
      await make(project, placed(project, already, pathHint));
    }
    return { mediaId: already.id, isNew: false };
  } catch (error) {
    throw inTheirWords(error, upload);
  } finally {
    await upload.discard();
  }
}

/** A person knows the file by its name, not by the passing one that it has here. */
function inTheirWords(error: unknown, { path: passing, name }: Upload): unknown {
  if (!(error instanceof SluiceError) || !error.message.includes(passing)) return error;
  return new SluiceError(error.code, error.message.replaceAll(passing, mediaName(name)), {
    details: { file: name },
    cause: error,
  });
}

function mediaWith({ project }: OpenProject, sha256: Sha256): Media | undefined {
  return [...project.media.values()].find((media) => media.sha256 === sha256);
}

async function isMissing({ shelf, project, signal }: Importing, media: Media): Promise<boolean> {
  return (await shelf.find(media, project.directory, () => undefined, signal)).kind === 'missing';
}

function examined({ shelf, onProgress, signal }: Importing, file: string): Promise<MediaDescription> {
  return describeMedia(shelf.ffmpegPath, file, signal, (share) => onProgress('examining', share));
}

/** Its hash is known: it need not be read again. */
async function kept({ shelf }: Importing, upload: Upload, sha256: Sha256): Promise<void> {
  const file = await upload.keepAs(sha256);
  const { mtimeMs: modifiedMs } = await stat(file);
  await shelf.known.note(file, { sha256, sizeBytes: upload.sizeBytes, modifiedMs });
}

interface Brought extends Pick<Media, 'sha256' | 'sizeBytes' | 'name' | 'pathHint'> {
  readonly description: MediaDescription;
}

async function added(project: OpenProject, { description, name, ...file }: Brought): Promise<Imported> {
  const media = mediaSchema.parse({ ...description, ...file, id: newMediaId(), name: mediaName(name) });
  await make(project, addMedia(project.project, { media: [media] }));
  const bits = media.kind === 'audio' ? undefined : media.bits;
  return { mediaId: media.id, isNew: true, ...(bits !== undefined && { bits }) };
}

function placed(project: OpenProject, { id }: Media, pathHint: string): Change {
  return changeMedia(project.project, { mediaId: id, pathHint });
}

/** As an edit of the person's: they can take it back. */
export async function make(project: OpenProject, { label, patches }: Change): Promise<void> {
  if (patches.length > 0) await project.apply({ id: newEditId(), label, patches: [...patches] });
}
