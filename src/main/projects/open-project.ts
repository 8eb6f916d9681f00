/**
 * A project that is open: the one place where its edits are put in order and applied. An edit takes effect in memory at once
 * and is acknowledged when it is on disk, or when it is known that it cannot be written for now.
 */
import { SluiceError } from '#shared/errors';
import { changeBy, type Change } from '#shared/project/change';
import type { Edit } from '#shared/project/edit';
import { newEditId, type EditId } from '#shared/project/ids';
import { projectSchemaVersion, type Project } from '#shared/project/project';
import type { Entry, Stacks, Top } from './entry';
import type { Followed } from './follow-writer';
import type { ProjectFolder } from './project-folder';
import { refuseLockedTracks } from './refuse-locked-tracks';
import { SaveQueue } from './save-queue';
import type { SaveState } from './save-state';
import type { ProjectState } from './snapshot';

export interface Acknowledgement {
  /** The project's revision after the edit. */
  readonly revision: number;
  /** True: it is on disk and survives anything. False: in memory only; `state` says why. */
  readonly saved: boolean;
}

export type ProjectEvent =
  /** The project is another one; the entry's patches lead there from the revision before. */
  | { readonly kind: 'changed'; readonly entry: Entry; readonly project: Project }
  /** Too much has happened elsewhere to tell it one by one: look at the project anew. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'state'; readonly state: SaveState };

/** How a project was found when it was opened. */
export interface Found {
  readonly state: ProjectState;
  /** Entries since its snapshot. */
  readonly entries: readonly Entry[];
  /** The process that has it open, if it may only be read here. */
  readonly holder?: string | undefined;
}

/** The last entries stay at hand for undo; earlier ones are read from the journal. */
const entriesRemembered = 64;
const idsRemembered = 4096;

export class OpenProject {
  private now: ProjectState;
  private readonly queue: SaveQueue;
  private readonly recent = new Map<number, Entry>();
  private readonly revisionOfEdit = new Map<EditId, number>();
  private readonly listeners = new Set<(event: ProjectEvent) => void>();
  private turn: Promise<unknown> = Promise.resolve();
  private users = 1;
  private closing: Promise<void> | undefined;
  /** What neither the disk nor the queue says: not to be written at all. */
  private fixed: Extract<SaveState, { kind: 'read-only' | 'closed' }> | undefined;

  constructor(
    private folder: ProjectFolder,
    { state, entries, holder }: Found,
    private readonly clock: () => Date,
    private release: () => Promise<void>,
    private readonly onClosed: () => void = () => undefined,
  ) {
    this.now = state;
    this.fixed = holder === undefined ? undefined : { kind: 'read-only', holder };
    this.queue = new SaveQueue(folder, entries.length, (next) => this.emit({ kind: 'state', state: next }));
    for (const entry of entries) this.remember(entry);
  }

  get project(): Project {
    return this.now.project;
  }
  get revision(): number {
    return this.now.revision;
  }
  /** What undo and redo would take back. */
  get stacks(): Stacks {
    return this.now.stacks;
  }
  get state(): SaveState {
    return this.fixed ?? this.queue.state;
  }
  get directory(): string {
    return this.folder.layout.folder;
  }

  /** What the process that writes a project has added to it. Only where it may be read and nothing else. */
  readonly writer: Followed = {
    revision: () => this.revision,
    took: (entry) => {
      if (this.fixed?.kind !== 'read-only') return;
      const { project } = changeBy(this.project, entry.label, entry.patches);
      this.now = { project, revision: entry.revision, stacks: entry.stacks };
      this.remember(entry);
      this.emit({ kind: 'changed', entry, project });
    },
    replaced: (state) => {
      if (this.fixed?.kind !== 'read-only') return;
      this.now = state;
      this.emit({ kind: 'replaced' });
    },
  };

  /** Opens it for somebody else too: it closes when the last one closes it. False while it is closing, and once it is closed. */
  share(): boolean {
    if (this.closing !== undefined || this.fixed?.kind === 'closed') return false;
    this.users += 1;
    return true;
  }

  /** Waits while it is closing. */
  async closingEnded(): Promise<void> {
    await this.closing?.catch(() => undefined);
  }

  /** Calls `listener` with all that happens from now on; returns how to stop that. */
  subscribe(listener: (event: ProjectEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Makes an edit that undo can take back. One whose id is known was made before: it is acknowledged again. Throws
   * `invalid-argument` where it does not fit the project, `project-locked` where that may only be read.
   */
  apply(edit: Edit): Promise<Acknowledgement> {
    return this.make('edit', edit);
  }

  /** Notes work that undo passes over, such as a finished stage. Throws as `apply`. */
  record(edit: Edit): Promise<Acknowledgement> {
    return this.make('record', edit);
  }

  /** Undefined where there is nothing to take back. Throws `invalid-argument` where work that was recorded since is in the way. */
  undo(): Promise<Acknowledgement | undefined> {
    return this.takeBack('undo');
  }

  redo(): Promise<Acknowledgement | undefined> {
    return this.takeBack('redo');
  }

  /** Readies the folder, and writes what is in memory only. Never throws: the state says how it went. */
  async retry(): Promise<SaveState> {
    if (this.fixed === undefined) await this.queue.write();
    return this.state;
  }

  /**
   * Writes what is not written yet, and a snapshot, and lets the folder go. Throws why edits could not be saved and stays open;
   * with `discard` it closes all the same.
   */
  async close({ discard = false } = {}): Promise<void> {
    if (this.users > 1) {
      this.users -= 1;
      return;
    }
    await this.closeForAll({ discard });
  }

  /** Closes it whoever else has it open. Throws as `close`. */
  async closeForAll({ discard = false } = {}): Promise<void> {
    this.closing ??= this.letGo(discard);
    try {
      await this.closing;
    } finally {
      this.closing = undefined;
    }
  }

  /** Goes on in the folder that `write` fills with this state and with the entries that are in memory only. */
  async moveTo(write: (state: ProjectState, unwritten: readonly Entry[]) => Promise<MovedProject>): Promise<void> {
    await this.inTurn(async () => {
      if (this.fixed === undefined) await this.queue.write();
      const moved = await write(this.now, this.queue.unwritten);
      await this.release();
      this.now = moved.state;
      this.folder = moved.folder;
      this.release = moved.release;
      this.fixed = undefined;
      await this.queue.moveTo(moved.folder);
      this.emit({ kind: 'state', state: this.state });
    });
  }

  private letGo(discard: boolean): Promise<void> {
    return this.inTurn(async () => {
      if (this.fixed?.kind === 'closed') return;
      if (this.fixed === undefined)
        await this.queue.finish(this.now).catch((error: unknown) => {
          if (!discard) throw error;
        });
      await this.folder.close();
      this.fixed = { kind: 'closed' };
      await this.release();
      this.onClosed();
      this.emit({ kind: 'state', state: this.fixed });
    });
  }

  private async make(kind: 'edit' | 'record', edit: Edit): Promise<Acknowledgement> {
    const { made } = await this.inTurn(() => {
      this.refuseReadOnly();
      const before = this.revisionOfEdit.get(edit.id);
      if (before !== undefined) return Promise.resolve({ made: this.acknowledgedAgain(before) });
      if (kind === 'edit') refuseLockedTracks(this.project, edit.patches);
      const change = changeBy(this.project, edit.label, edit.patches);
      const { undo, redo } = this.stacks;
      const top: Top = { revision: this.revision + 1, label: edit.label };
      const stacks = kind === 'edit' ? { undo: top, redo: null } : { undo, redo };
      return Promise.resolve({
        made: this.enter({ kind, id: edit.id, change, below: kind === 'edit' ? undo : null, stacks }),
      });
    });
    return made;
  }

  private async takeBack(kind: 'undo' | 'redo'): Promise<Acknowledgement | undefined> {
    const taken = await this.inTurn(async () => {
      this.refuseReadOnly();
      const { undo, redo } = this.stacks;
      const top = kind === 'undo' ? undo : redo;
      if (top === null) return undefined;
      const entry = this.recent.get(top.revision) ?? (await this.folder.entryAt(top.revision));
      const change = changeBy(this.project, entry.label, entry.inversePatches);
      const back: Top = { revision: this.revision + 1, label: entry.label };
      const stacks = kind === 'undo' ? { undo: entry.below, redo: back } : { undo: back, redo: entry.below };
      return { made: this.enter({ kind, id: newEditId(), change, below: kind === 'undo' ? redo : undo, stacks }) };
    });
    return taken?.made;
  }

  /** The change takes effect; what is returned resolves when it is known whether it is on disk. */
  private enter(step: Pick<Entry, 'kind' | 'id' | 'below' | 'stacks'> & { change: Change }): Promise<Acknowledgement> {
    const { change, ...rest } = step;
    const revision = this.revision + 1;
    const entry: Entry = {
      ...rest,
      schemaVersion: projectSchemaVersion,
      revision,
      label: change.label,
      at: this.clock().toISOString(),
      patches: [...change.patches],
      inversePatches: [...change.inversePatches],
    };
    this.now = { project: change.project, revision, stacks: entry.stacks };
    this.remember(entry);
    this.emit({ kind: 'changed', entry, project: change.project });
    return this.queue.add(entry, this.now).then((saved) => ({ revision, saved }));
  }

  private async acknowledgedAgain(revision: number): Promise<Acknowledgement> {
    await this.queue.write();
    return { revision, saved: !this.queue.unwritten.some((entry) => entry.revision === revision) };
  }

  private refuseReadOnly(): void {
    if (this.fixed === undefined) return;
    const why =
      this.fixed.kind === 'closed'
        ? 'it was closed'
        : `another Sluice has it open (process ${this.fixed.holder.split('-')[0] ?? ''})`;
    throw new SluiceError(
      'project-locked',
      `“${this.project.title}” cannot be changed here: ${why}. Open it again, or save it under another name.`,
      {
        details: { folder: this.directory },
      },
    );
  }

  private remember(entry: Entry): void {
    this.recent.set(entry.revision, entry);
    this.recent.delete(entry.revision - entriesRemembered);
    this.revisionOfEdit.set(entry.id, entry.revision);
    const [oldest] = this.revisionOfEdit.keys();
    if (oldest !== undefined && this.revisionOfEdit.size > idsRemembered) this.revisionOfEdit.delete(oldest);
  }

  private emit(event: ProjectEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** Where a project goes on, and as what: under another name it has another id. */
export interface MovedProject {
  readonly folder: ProjectFolder;
  readonly state: ProjectState;
  readonly release: () => Promise<void>;
}
