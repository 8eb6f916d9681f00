/**
 * The writing end of a project's journal: entries go to the end of one file, a batch at a time, and count as kept once the file is
 * synced. After a failure the file is cut back to what was kept before anything else is written.
 *
 * Two guards against a second writer that no lock kept away (a wiped lock, another machine): a token that each writer leaves in
 * the folder, and the size that the file must have. Who finds either changed writes no more.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { syncFolder, writeDurably } from '../files/durable-write';
import type { FileSystem, OpenFile } from '../files/file-system';
import { encodeEntry, type Entry } from './entry';
import { segmentName, type Layout } from './layout';
import { readIfThere } from './load';

export class Journal {
  private readonly token = randomBytes(16).toString('hex');
  private handle: OpenFile | undefined;
  /** Whether bytes may lie behind `sizeBytes` that no acknowledged entry owns. */
  private torn = false;

  /** @param firstRevision of the entries in the file; undefined while it has none */
  constructor(
    private readonly files: FileSystem,
    private readonly layout: Layout,
    private sizeBytes: number,
    private firstRevision: number | undefined,
  ) {}

  /** Bytes since the last snapshot. */
  get bytes(): number {
    return this.sizeBytes;
  }

  /** Makes this process the writer. Throws `disk-full`, `disk-read-only`. */
  async claim(): Promise<void> {
    await writeDurably(this.layout.writer, `${JSON.stringify({ token: this.token })}\n`, undefined, this.files);
  }

  /** Throws `project-locked`, and what writing throws; then none of the entries is kept. */
  async append(entries: readonly Entry[]): Promise<void> {
    await this.checkWriter();
    const file = await this.openFile();
    if (this.torn) await this.cutBack(file);
    await this.checkFile(file);
    const bytes = Buffer.from(entries.map(encodeEntry).join(''));
    this.torn = true;
    await file.writeFile(bytes);
    await file.sync();
    this.torn = false;
    this.sizeBytes += bytes.length;
    this.firstRevision ??= entries[0]?.revision;
  }

  /** Puts the entries so far under a name of their own; the next ones start a new file. */
  async rotate(): Promise<void> {
    if (this.firstRevision === undefined) return;
    await this.checkWriter();
    await this.close();
    if (this.torn) {
      const file = await this.files.open(this.layout.journal, 'r+');
      try {
        await this.cutBack(file);
      } finally {
        await file.close();
      }
    }
    await this.files.mkdir(this.layout.history, { recursive: true });
    await this.files.rename(this.layout.journal, path.join(this.layout.history, segmentName(this.firstRevision)));
    this.sizeBytes = 0;
    this.firstRevision = undefined;
    await syncFolder(this.layout.history, this.files);
    await syncFolder(this.layout.folder, this.files);
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  /** Throws `project-locked` when another writer has taken over, `project-not-found` when the folder is gone. */
  async checkWriter(): Promise<void> {
    const text = (await readIfThere(() => this.files.readFile(this.layout.writer)))?.toString('utf8');
    if (text?.includes(this.token) === true) return;
    if (text === undefined && (await readIfThere(() => this.files.stat(this.layout.folder))) === undefined)
      throw new SluiceError(
        'project-not-found',
        `The folder ${this.layout.folder} is gone: it was moved or removed. Nothing is lost yet: save the project under another name.`,
        { details: { folder: this.layout.folder } },
      );
    throw this.takenOver();
  }

  private async openFile(): Promise<OpenFile> {
    if (this.handle !== undefined) return this.handle;
    this.handle = await this.files.open(this.layout.journal, 'a');
    await syncFolder(this.layout.folder, this.files);
    return this.handle;
  }

  private async cutBack(file: OpenFile): Promise<void> {
    await file.truncate(this.sizeBytes);
    await file.sync();
    this.torn = false;
  }

  private async checkFile(file: OpenFile): Promise<void> {
    const [open, named] = await Promise.all([file.stat(), readIfThere(() => this.files.stat(this.layout.journal))]);
    if (open.size !== this.sizeBytes || named?.ino !== open.ino) throw this.takenOver();
  }

  private takenOver(): SluiceError {
    return new SluiceError(
      'project-locked',
      `Another Sluice has begun to write the project in ${this.layout.folder}. Your edits are kept in memory: save the project under another name.`,
      { details: { folder: this.layout.folder } },
    );
  }
}
