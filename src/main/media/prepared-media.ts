/**
 * What was made of media to look at and to listen to: films, film strips, samples, thumbnails, each a folder named by the hash of the
 * file and by what it is. A folder with a final name is whole. All of it can be made again, so the oldest goes where room is needed.
 */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import { mebibyte, type Sha256 } from '#shared/units';
import { folderSize } from '../files/disk-space';
import { partialSuffix } from '../files/durable-write';
import type { Presence } from '../files/presence';

export const preparedParts = ['film', 'sound', 'thumbnail'] as const;
export type PreparedPart = (typeof preparedParts)[number];

export interface PreparedMediaOptions {
  /** Of its own; created. */
  readonly folder: string;
  readonly presence: Presence;
  readonly limitBytes?: number;
}

/** About a day of film, or three of sound. */
const usualLimitBytes = 48 * 1024 * mebibyte;
const namePattern = /^([0-9a-f]{64})-(film|sound|thumbnail)$/;
const passingPattern = /^[0-9a-f]{64}-[a-z]+\.(\d+-[0-9a-f]{16})\.[0-9a-f]+\.partial$/;

export class PreparedMedia {
  private readonly making = new Map<string, Promise<string>>();
  /** Those that are in use stay. */
  private readonly used = new Set<string>();

  private constructor(private readonly options: PreparedMediaOptions) {}

  /** Removes what dead processes left unfinished. Throws `disk-full`, `disk-read-only`. */
  static async open(options: PreparedMediaOptions): Promise<PreparedMedia> {
    const { folder, presence } = options;
    await withDiskErrors('create', folder, () => mkdir(folder, { recursive: true }));
    for (const name of await readdir(folder)) {
      const [, owner] = passingPattern.exec(name) ?? [];
      if (owner !== undefined && !(await presence.isAlive(owner)))
        await rm(path.join(folder, name), { recursive: true, force: true });
    }
    return new PreparedMedia(options);
  }

  /** The folder of a part, marked as used now; undefined where it has not been made. */
  async find(media: Sha256, part: PreparedPart): Promise<string | undefined> {
    const folder = this.folderOf(media, part);
    const now = new Date();
    return await utimes(folder, now, now).then(
      () => folder,
      () => undefined,
    );
  }

  /** `fill` writes the part into the folder that it is given. Asked for twice at once it is made once. Throws what `fill` throws. */
  async make(media: Sha256, part: PreparedPart, fill: (folder: string) => Promise<void>): Promise<string> {
    const folder = this.folderOf(media, part);
    const begun = this.making.get(folder);
    if (begun !== undefined) return await begun;
    const made = this.filled(folder, fill).finally(() => this.making.delete(folder));
    this.making.set(folder, made);
    await made;
    await this.makeRoom();
    return folder;
  }

  /** From now on its parts are not removed to make room. */
  keep(media: Sha256): void {
    this.used.add(media);
  }

  private folderOf(media: Sha256, part: PreparedPart): string {
    return path.join(this.options.folder, `${media}-${part}`);
  }

  private async filled(folder: string, fill: (folder: string) => Promise<void>): Promise<string> {
    const { presence } = this.options;
    const passing = `${folder}.${presence.id}.${randomBytes(6).toString('hex')}${partialSuffix}`;
    try {
      await withDiskErrors('create', passing, () => mkdir(passing));
      await fill(passing);
      // Another process may have made the same meanwhile.
      await rename(passing, folder).catch(async (error: unknown) => {
        if ((await readdir(folder).catch(() => [])).length === 0) throw error;
      });
      return folder;
    } finally {
      await rm(passing, { recursive: true, force: true });
    }
  }

  private async makeRoom(): Promise<void> {
    const { folder, limitBytes = usualLimitBytes } = this.options;
    const parts = [];
    for (const name of await readdir(folder)) {
      const [, media] = namePattern.exec(name) ?? [];
      const part = path.join(folder, name);
      const facts = media === undefined ? undefined : await stat(part).catch(() => undefined);
      if (media === undefined || facts === undefined) continue;
      parts.push({ part, isKept: this.used.has(media), usedMs: facts.mtimeMs, ...(await sizeOf(part)) });
    }
    parts.sort((a, b) => b.usedMs - a.usedMs);
    let taken = 0;
    for (const { part, isKept, sizeBytes } of parts) {
      taken += sizeBytes;
      if (taken > limitBytes && !isKept) await rm(part, { recursive: true, force: true });
    }
  }
}

async function sizeOf(folder: string): Promise<{ readonly sizeBytes: number }> {
  const { sizeBytes } = await folderSize(folder);
  return { sizeBytes };
}
