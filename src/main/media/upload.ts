/**
 * A file on its way from a window that has no path of it, piece by piece, into the folder where it will stay: under a passing name, hashed as
 * it comes. A piece that was sent twice is taken once, so a lost answer loses nothing.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { sha256Schema, type Sha256 } from '#shared/units';
import { requireSpace } from '../files/disk-space';
import { partialSuffix, syncFolder } from '../files/durable-write';

const prefix = '.upload-';

export class Upload {
  receivedBytes = 0;
  private readonly hash = createHash('sha256');
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly name: string,
    readonly sizeBytes: number,
    /** Under its passing name. */
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** `folder` is created. Throws `disk-full`, `disk-read-only`. */
  static async begin(folder: string, name: string, sizeBytes: number): Promise<Upload> {
    const file = path.join(folder, `${prefix}${randomBytes(8).toString('hex')}${partialSuffix}`);
    const handle = await withDiskErrors('write', folder, async () => {
      await mkdir(folder, { recursive: true });
      await requireSpace(folder, sizeBytes, `“${name}”`);
      return await open(file, 'wx');
    });
    return new Upload(name, sizeBytes, file, handle);
  }

  get isWhole(): boolean {
    return this.receivedBytes === this.sizeBytes;
  }

  /** The bytes from `offset` on. Throws `invalid-argument` where some are missing before them, or they are too many; `disk-full`. */
  receive(offset: number, bytes: Uint8Array): Promise<void> {
    const done = this.turn.then(() => this.take(offset, bytes));
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Ends the file. Throws `invalid-argument` where it is not whole. */
  async finish(): Promise<Sha256> {
    await this.turn;
    if (!this.isWhole)
      throw new SluiceError(
        'invalid-argument',
        `Of “${this.name}” ${this.receivedBytes} of ${this.sizeBytes} bytes arrived: send it again.`,
      );
    await withDiskErrors('write', this.path, () => this.handle.sync());
    await this.handle.close();
    return sha256Schema.parse(this.hash.digest('hex'));
  }

  /** Gives the finished file its final name, in the same folder. */
  async keepAs(name: string): Promise<string> {
    const folder = path.dirname(this.path);
    const final = path.join(folder, name);
    await withDiskErrors('write', final, () => rename(this.path, final));
    await syncFolder(folder);
    return final;
  }

  /** Nothing is left, unless it was kept. */
  async discard(): Promise<void> {
    await this.turn;
    await this.handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  private async take(offset: number, bytes: Uint8Array): Promise<void> {
    const known = this.receivedBytes - offset;
    if (known >= bytes.length) return;
    if (known < 0 || offset + bytes.length > this.sizeBytes)
      throw new SluiceError(
        'invalid-argument',
        `Of “${this.name}” ${this.receivedBytes} bytes have arrived, of ${this.sizeBytes}; ${bytes.length} from ${offset} on do not fit.`,
      );
    const fresh = bytes.subarray(known);
    await withDiskErrors('write', this.path, () => this.handle.write(fresh, 0, fresh.length, this.receivedBytes));
    this.hash.update(fresh);
    this.receivedBytes += fresh.length;
  }
}

/** Removes what killed programs left in `folder`; its owner calls this before the first upload of its own. */
export async function removeUnfinishedUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(prefix) && name.endsWith(partialSuffix)) await rm(path.join(folder, name), { force: true });
}
