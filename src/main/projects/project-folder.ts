/** The durable side of an open project: what `OpenProject` asks of its folder, and in which order files change there. */
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { partialSuffix, renameDurably, writeDurably } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import { copyName, keepCopy } from './copies';
import { decodeEntries, type Entry } from './entry';
import { Journal } from './journal';
import { layoutOf, type Layout } from './layout';
import { readIfThere, segmentsOf, type JournalFile, type Loaded } from './load';
import { encodeSnapshot, type ProjectState } from './snapshot';

export class ProjectFolder {
  readonly layout: Layout;
  private readonly journal: Journal;
  private prepared = false;
  private setAside = false;
  /** Whether something was found that neither a crash nor this program leaves behind. */
  private broken = false;
  private cached: { readonly file: string; readonly entries: readonly Entry[] } | undefined;

  constructor(
    private readonly files: FileSystem,
    folder: string,
    private readonly loaded: Loaded,
    private readonly clock: () => Date,
  ) {
    this.layout = layoutOf(folder);
    const current = loaded.journals.find((journal) => journal.path === this.layout.journal);
    this.journal = new Journal(files, this.layout, current?.usedBytes ?? 0, loaded.entries[0]?.revision);
  }

  /** Bytes of journal since the last snapshot. */
  get journalBytes(): number {
    return this.journal.bytes;
  }

  /**
   * Makes the folder ready to be written: claims it, clears away what a crash left, puts damaged files aside, and if the
   * project was not read from its snapshot in the present version, writes that. May be called again after it failed.
   */
  async prepare(schemaVersion: number): Promise<void> {
    if (this.prepared) return;
    await this.journal.claim();
    await this.removePartials();
    await this.setDamagedAside();
    const { from, state } = this.loaded;
    const migrated = from.schemaVersion !== schemaVersion;
    const damaged = from.file !== this.layout.snapshot || this.broken;
    if (migrated || damaged) await this.writeSnapshot(state, migrated && !damaged ? 'now' : 'never');
    this.prepared = true;
  }

  /** Returns once the entries survive anything. Throws what writing throws; then none of them is kept. */
  append(entries: readonly Entry[]): Promise<void> {
    return this.journal.append(entries);
  }

  /** Writes the whole project and starts a new journal. A crash in between leaves entries behind that the snapshot has already. */
  async writeSnapshot(state: ProjectState, keepOld: 'if-due' | 'now' | 'never' = 'if-due'): Promise<void> {
    await this.journal.checkWriter();
    if (keepOld === 'now') await this.keepNow();
    if (keepOld === 'if-due') await keepCopy(this.files, this.layout.snapshot, this.layout.copies, this.clock());
    await writeDurably(this.layout.snapshot, encodeSnapshot(state), undefined, this.files);
    await this.journal.rotate();
  }

  /** Throws `project-invalid` when its journal was lost. */
  async entryAt(revision: number): Promise<Entry> {
    const segments = await segmentsOf(this.files, this.layout);
    const old = segments.findLast(({ firstRevision }) => firstRevision <= revision);
    for (const file of [this.layout.journal, ...(old === undefined ? [] : [old.path])]) {
      const entry = (await this.entriesIn(file)).find((one) => one.revision === revision);
      if (entry !== undefined) return entry;
    }
    throw new SluiceError(
      'project-invalid',
      `The history of the project in ${this.layout.folder} does not reach back to step ${revision} any more. The project itself is whole.`,
      { details: { folder: this.layout.folder, revision } },
    );
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private async entriesIn(file: string): Promise<readonly Entry[]> {
    if (this.cached?.file === file) return this.cached.entries;
    const bytes = await readIfThere(() => this.files.readFile(file));
    const entries = bytes === undefined ? [] : decodeEntries(bytes).entries.map(({ entry }) => entry);
    if (file !== this.layout.journal) this.cached = { file, entries };
    return entries;
  }

  private async keepNow(): Promise<void> {
    await this.files.mkdir(this.layout.copies, { recursive: true });
    const copy = path.join(this.layout.copies, copyName(this.clock()));
    await writeDurably(copy, await this.files.readFile(this.layout.snapshot), undefined, this.files);
  }

  private async removePartials(): Promise<void> {
    for (const folder of [this.layout.folder, this.layout.copies])
      for (const name of (await readIfThere(() => this.files.readdir(folder))) ?? [])
        if (name.endsWith(partialSuffix)) await this.files.rm(path.join(folder, name), { force: true });
  }

  /** A torn last line is cut off; whole lines that cannot be used, and damaged snapshots, are put aside. */
  private async setDamagedAside(): Promise<void> {
    if (this.setAside) return;
    const { damagedSnapshots, journals } = this.loaded;
    this.broken ||= damagedSnapshots.length > 0;
    for (const file of damagedSnapshots) await this.moveAside(file);
    for (const journal of journals) {
      if (journal.usedBytes === journal.sizeBytes) continue;
      if (this.broken && journal.usedBytes === 0) await this.moveAside(journal.path);
      else if (await this.cutOff(journal)) this.broken = true;
    }
    this.setAside = true;
  }

  /** The snapshot itself stays until a new one takes its place: a project without one would not be known for a project. */
  private async moveAside(file: string): Promise<void> {
    if ((await readIfThere(() => this.files.stat(file))) === undefined) return;
    await this.files.mkdir(this.layout.damaged, { recursive: true });
    if (file === this.layout.snapshot) await this.files.copyFile(file, this.asideName(file));
    else await renameDurably(file, this.asideName(file), this.files);
  }

  /** True if more than a torn line was cut off. */
  private async cutOff(journal: JournalFile): Promise<boolean> {
    const rest = (await readIfThere(() => this.files.readFile(journal.path)))?.subarray(journal.usedBytes);
    if (rest === undefined) return false;
    const more = rest.includes('\n');
    if (more) {
      await this.files.mkdir(this.layout.damaged, { recursive: true });
      await writeDurably(this.asideName(journal.path), rest, undefined, this.files);
    }
    const file = await this.files.open(journal.path, 'r+');
    try {
      await file.truncate(journal.usedBytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return more;
  }

  private asideName(file: string): string {
    return path.join(this.layout.damaged, `${this.clock().toISOString().replaceAll(':', '-')}-${path.basename(file)}`);
  }
}
