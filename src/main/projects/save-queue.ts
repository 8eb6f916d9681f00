/**
 * Keeps the entries of an open project, in order: what arrives while the disk is busy is written together (group commit), what
 * cannot be written waits in memory. Knows nothing of what entries mean.
 */
import { projectSchemaVersion } from '#shared/project/project';
import type { Entry } from './entry';
import type { ProjectFolder } from './project-folder';
import { saveError, type SaveState } from './save-state';
import type { ProjectState } from './snapshot';

interface Waiting {
  readonly entry: Entry;
  /** The project after the entry. */
  readonly state: ProjectState;
  acknowledge: (saved: boolean) => void;
}

/** A snapshot after so many entries, or bytes of journal: what opening then has to replay takes well under a second. */
const mostEntries = 256;
const mostJournalBytes = 4 * 1024 ** 2;

export class SaveQueue {
  private readonly waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  private current: SaveState = { kind: 'saved' };

  /** @param entriesSinceSnapshot those that the folder's current journal holds */
  constructor(
    private folder: ProjectFolder,
    private entriesSinceSnapshot: number,
    private readonly onState: (state: SaveState) => void,
  ) {}

  get state(): SaveState {
    return this.current;
  }

  /** Entries that are in memory only. */
  get unwritten(): readonly Entry[] {
    return this.waiting.map(({ entry }) => entry);
  }

  /** True once the entry is on disk, false if it could not be written and waits. */
  add(entry: Entry, state: ProjectState): Promise<boolean> {
    const acknowledged = new Promise<boolean>((acknowledge) => this.waiting.push({ entry, state, acknowledge }));
    void this.write();
    return acknowledged;
  }

  /** Writes what waits, and makes the folder ready for it. Never throws: `state` says how it went. */
  write(): Promise<void> {
    this.writing ??= this.writeAll();
    return this.writing;
  }

  /** Writes what waits and, if the journal has entries, a snapshot of `state`. Throws why entries could not be written. */
  async finish(state: ProjectState): Promise<void> {
    await this.write();
    if (this.current.kind === 'unsaved') throw this.current.error;
    if (this.entriesSinceSnapshot > 0) await this.snapshot(state);
  }

  /** Goes on in another folder, which holds everything that was added. */
  async moveTo(folder: ProjectFolder): Promise<void> {
    await this.writing;
    await this.folder.close().catch(() => undefined);
    this.folder = folder;
    this.entriesSinceSnapshot = 0;
    for (const { acknowledge } of this.waiting.splice(0)) acknowledge(true);
    await this.write();
  }

  private async writeAll(): Promise<void> {
    try {
      await this.folder.prepare(projectSchemaVersion);
      while (this.waiting.length > 0) await this.writeBatch([...this.waiting]);
      this.enter({ kind: 'saved' });
    } catch (error) {
      const edits = this.waiting.length;
      this.enter({ kind: 'unsaved', edits, error: saveError(error, this.folder.layout.folder) });
      for (const waiting of this.waiting) waiting.acknowledge(false);
    } finally {
      // At once, not a turn later: an entry added in between would find a write that has ended, and wait for ever.
      this.writing = undefined;
    }
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    if (this.current.kind !== 'unsaved') this.enter({ kind: 'saving', edits: batch.length });
    await this.folder.append(batch.map(({ entry }) => entry));
    this.waiting.splice(0, batch.length);
    this.entriesSinceSnapshot += batch.length;
    for (const { acknowledge } of batch) acknowledge(true);
    const state = batch.at(-1)?.state;
    const due = this.entriesSinceSnapshot >= mostEntries || this.folder.journalBytes >= mostJournalBytes;
    if (due && state !== undefined) await this.snapshot(state);
  }

  /** A snapshot that cannot be written costs time at the next opening and nothing else: every entry is in the journal. */
  private async snapshot(state: ProjectState): Promise<void> {
    try {
      await this.folder.writeSnapshot(state);
      this.entriesSinceSnapshot = 0;
    } catch {
      this.entriesSinceSnapshot = 1;
    }
  }

  private enter(state: SaveState): void {
    if (state.kind === 'saved' && this.current.kind === 'saved') return;
    this.current = state;
    this.onState(state);
  }
}
