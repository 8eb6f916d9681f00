/**
 * Keeps a state by its changes: a snapshot, and an append-only file of what changed since, one checksummed line each. A change is
 * durable when `append` returns. A line that a kill or a full disk cut short is no change: it was never acknowledged.
 */
import { copyFile, mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { withDiskErrors } from '#frames/disk-errors';
import { syncFolder } from '../../files/durable-write';
import { parseJson, readJsonFile, writeJsonFile } from '../../files/json-file';

export interface JournalOptions<State, Change> {
  /** Of its own; created. */
  readonly folder: string;
  readonly state: z.ZodType<State>;
  readonly change: z.ZodType<Change>;
  readonly empty: State;
  readonly apply: (state: State, change: Change) => State;
  /** The snapshot was damaged and was moved there, and what it held is lost; or lines of the journal were, of which a copy lies there. */
  readonly onDamaged: (movedTo: string) => void;
}

/** Lines after which the journal is folded into its snapshot: a few hundred kilobytes. */
const mostLines = 500;

/** Throws `disk-full`, `disk-read-only`. */
export async function openJournal<State, Change>(
  options: JournalOptions<State, Change>,
): Promise<Journal<State, Change>> {
  await withDiskErrors('create', options.folder, () => mkdir(options.folder, { recursive: true }));
  const { sequence, state } = await readSnapshot(options);
  const file = await withDiskErrors('open', journalPath(options), () => open(journalPath(options), 'a'));
  const journal = new Journal(options, file, sequence, state);
  try {
    await journal.replay();
    await journal.fold();
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }
}

export class Journal<State, Change> {
  private length = 0;
  /** The file may hold more than `length`. */
  private isTorn = false;
  private lines = 0;

  constructor(
    private readonly options: JournalOptions<State, Change>,
    private readonly file: FileHandle,
    /** Of the last change that `state` contains. */
    private sequence: number,
    public state: State,
  ) {}

  /** Applies a change and keeps it. One at a time. Throws what `apply` throws, `disk-full`, `disk-read-only`; then nothing changed. */
  async append(change: Change): Promise<void> {
    const state = this.options.apply(this.state, change);
    await this.write(encodeLine({ sequence: this.sequence + 1, change }));
    this.state = state;
    this.sequence += 1;
    this.lines += 1;
    // The change is kept; what cannot be folded now is folded later.
    if (this.lines >= mostLines) await this.fold().catch(() => undefined);
  }

  /** Writes a new snapshot and empties the journal. A kill between the two repeats no change: they are numbered. */
  async fold(): Promise<void> {
    await writeJsonFile(snapshotPath(this.options), { sequence: this.sequence, state: this.state });
    await withDiskErrors('write', journalPath(this.options), async () => {
      await this.file.truncate(0);
      await this.file.sync();
    });
    await syncFolder(this.options.folder);
    this.length = 0;
    this.lines = 0;
    this.isTorn = false;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /**
   * Applies the lines of the file that follow the snapshot. The last one may be torn: it was never acknowledged. Any other that is not
   * whole was damaged on the disk: it costs its own change, and a copy of the file is kept.
   */
  async replay(): Promise<void> {
    const file = journalPath(this.options);
    const lines = (await readFile(file, 'utf8')).split('\n');
    const lineSchema = z.strictObject({ sequence: z.int(), change: this.options.change });
    let isDamaged = false;
    for (const [i, line] of lines.entries()) {
      const { data } = lineSchema.safeParse(decodeLine(line));
      if (data === undefined) isDamaged ||= i < lines.length - 1;
      if (data === undefined || data.sequence <= this.sequence) continue;
      this.state = this.applied(data.change);
      this.sequence = data.sequence;
    }
    if (!isDamaged) return;
    await withDiskErrors('write', `${file}.damaged`, () => copyFile(file, `${file}.damaged`));
    this.options.onDamaged(`${file}.damaged`);
  }

  /** A change of something that was lost with a damaged snapshot changes nothing. */
  private applied(change: Change): State {
    try {
      return this.options.apply(this.state, change);
    } catch {
      return this.state;
    }
  }

  private async write(line: string): Promise<void> {
    await withDiskErrors('write', journalPath(this.options), async () => {
      if (this.isTorn) await this.takeBack();
      this.isTorn = true;
      try {
        await this.file.appendFile(line);
        await this.file.datasync();
        this.isTorn = false;
      } catch (error) {
        await this.takeBack().catch(() => undefined);
        throw error;
      }
    });
    this.length += Buffer.byteLength(line);
  }

  /** What was written and not acknowledged: torn it would hide every line after it, whole it would be taken for the next one. */
  private async takeBack(): Promise<void> {
    await this.file.truncate(this.length);
    this.isTorn = false;
  }
}

async function readSnapshot<State, Change>(
  options: JournalOptions<State, Change>,
): Promise<{ readonly sequence: number; readonly state: State }> {
  const file = snapshotPath(options);
  const read = await readJsonFile(file, z.strictObject({ sequence: z.int(), state: options.state }));
  if (read.kind === 'read') return read.value;
  if (read.kind === 'damaged') {
    const aside = `${file}.damaged`;
    // A folder takes the place of an empty one only, and never a file's.
    await rm(aside, { recursive: true, force: true });
    await rename(file, aside);
    options.onDamaged(aside);
  }
  return { sequence: 0, state: options.empty };
}

function encodeLine(value: object): string {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function decodeLine(line: string): unknown {
  const json = line.slice(9);
  return crc32(json) === Number.parseInt(line.slice(0, 8), 16) ? parseJson(json) : undefined;
}

function snapshotPath({ folder }: { readonly folder: string }): string {
  return path.join(folder, 'snapshot.json');
}

function journalPath({ folder }: { readonly folder: string }): string {
  return path.join(folder, 'journal');
}
