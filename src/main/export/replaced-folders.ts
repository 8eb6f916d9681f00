/**
 * Folders of pictures that exports are about to replace. A folder cannot take the place of a full one in one step: between the two renames
 * of `commit-output.ts` nothing bears the name. Which folders are in that danger is kept in the user's own, so that the next start finds
 * them, wherever they lie, and gives back the name. It goes to the old folder: the new one was never said to be there, and the recipe
 * beside is the old one's.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { syncFolder } from '../files/durable-write';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import { presenceIdPattern, type Presence } from '../files/presence';
import { asideOf, entryKind, passingNamePattern, type OutputTarget } from './output-target';

const replacementSchema = z.strictObject({
  /** Of the folder that is replaced. Absolute. */
  path: z.string(),
  passingName: z.string().regex(passingNamePattern),
});
type Replacement = z.infer<typeof replacementSchema>;

export class ReplacedFolders {
  private constructor(
    private readonly folder: string,
    private readonly presence: Presence,
  ) {}

  /**
   * Ends what dead processes were about. What cannot be reached now, such as a disk that was taken out, is left for the next time.
   *
   * @param folder of its own; created when it is needed
   * @param onRestored told of each folder that had lost its name and has it again
   */
  static async open(
    folder: string,
    presence: Presence,
    onRestored: (folder: string) => void = () => undefined,
  ): Promise<ReplacedFolders> {
    for (const name of await readdir(folder).catch(emptyIfMissing)) {
      const owner = name.split('.')[0] ?? '';
      if (!presenceIdPattern.test(owner) || (await presence.isAlive(owner))) continue;
      const note = path.join(folder, name);
      const read = await readJsonFile(note, replacementSchema);
      if (read.kind === 'read' && !(await isEnded(read.value, onRestored))) continue;
      await rm(note, { recursive: true, force: true });
    }
    return new ReplacedFolders(folder, presence);
  }

  /**
   * Does `work`, which may replace the folder at `target.path`. However it ends, and where the process does, the old folder or the new one
   * bears that name. Throws what `work` throws, `disk-full`, `disk-read-only`.
   */
  async during<T>(target: OutputTarget, work: () => Promise<T>): Promise<T> {
    if (target.kind === 'file' || !target.force) return work();
    const { path: replaced, passingName } = target;
    const note = path.join(this.folder, `${this.presence.id}.${randomBytes(4).toString('hex')}.json`);
    await withDiskErrors('create', this.folder, async () => {
      const isNew = (await mkdir(this.folder, { recursive: true })) !== undefined;
      if (isNew) await syncFolder(path.dirname(this.folder));
    });
    await writeJsonFile(note, { path: replaced, passingName });
    try {
      return await work();
    } finally {
      if (await isEnded({ path: replaced, passingName })) await rm(note, { force: true });
    }
  }
}

/** Gives the old folder its name back where nothing bears it, and removes it where the new one does. False: neither can be done now. */
async function isEnded(replacement: Replacement, onRestored?: (folder: string) => void): Promise<boolean> {
  const { path: replaced, passingName } = replacement;
  const folder = path.dirname(replaced);
  const aside = path.join(folder, asideOf(passingName));
  try {
    if ((await entryKind(folder)) === undefined) return false;
    if ((await entryKind(aside)) === undefined) return true;
    if ((await entryKind(replaced)) === undefined) {
      await rename(aside, replaced);
      await syncFolder(folder);
      onRestored?.(replaced);
    } else await rm(aside, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

function emptyIfMissing(error: unknown): string[] {
  if (fileErrorCode(error) === 'ENOENT') return [];
  throw error;
}
