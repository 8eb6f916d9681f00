/** The files that windows are sending, each known to the window that began it, and gone with it. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { uploadIdSchema, type UploadId } from '#shared/studio/media';
import { mediaFolderName } from '../media/find-media';
import { removeUnfinishedUploads, Upload } from '../media/upload';
import type { OpenProject } from '../projects/open-project';
import type { User } from './open-projects';

interface Sending {
  readonly upload: Upload;
  readonly user: User;
}

/** A window sends one after the other; more are a mistake. */
const mostAtOnce = 16;

export class MediaUploads {
  private readonly sending = new Map<UploadId, Sending>();
  private readonly cleared = new WeakSet<OpenProject>();

  /** Throws `project-locked` where the project may only be read, `disk-full`, `disk-read-only`, `queue-busy`. */
  async begin(
    project: OpenProject,
    user: User,
    file: { readonly name: string; readonly sizeBytes: number },
  ): Promise<UploadId> {
    refuseReadOnly(project);
    if (this.sending.size >= mostAtOnce)
      throw new SluiceError('queue-busy', `${this.sending.size} files are on their way: wait until one has arrived.`);
    const folder = path.join(project.directory, mediaFolderName);
    if (!this.cleared.has(project)) {
      this.cleared.add(project);
      await removeUnfinishedUploads(folder);
    }
    const upload = await Upload.begin(folder, file.name, file.sizeBytes);
    const id = uploadIdSchema.parse(`upload-${randomBytes(16).toString('hex')}`);
    this.sending.set(id, { upload, user });
    return id;
  }

  /** For the host, which knows no windows: the id is the secret. Undefined: there is none such. */
  find(id: string): Upload | undefined {
    const known = uploadIdSchema.safeParse(id);
    return known.success ? this.sending.get(known.data)?.upload : undefined;
  }

  /** Takes it over: from now on it is the caller's to keep or to discard. Throws `invalid-argument`. */
  take(id: UploadId, user: User): Upload {
    const sending = this.sending.get(id);
    if (sending?.user !== user)
      throw new SluiceError('invalid-argument', 'The file is not on its way any more: drop it again.');
    this.sending.delete(id);
    return sending.upload;
  }

  async drop(id: UploadId, user: User): Promise<void> {
    if (this.sending.get(id)?.user === user) await this.take(id, user).discard();
  }

  async leave(user: User): Promise<void> {
    for (const [id, sending] of [...this.sending]) if (sending.user === user) await this.drop(id, user);
  }
}

export function refuseReadOnly(project: OpenProject): void {
  if (project.state.kind !== 'read-only') return;
  throw new SluiceError(
    'project-locked',
    `“${project.project.title}” is open elsewhere and may only be read here: bring media in there.`,
  );
}
