/**
 * The open project: shows edits at once, sends them to main in order, and follows what main says. An edit that got no
 * answer because the connection was lost is sent again under its own id, which main knows if it had it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { SluiceError } from '#shared/errors';
import type { Change } from '#shared/project/change';
import { asEdit } from '#shared/project/edit';
import type { EditLabel } from '#shared/project/edit-labels';
import type { EditId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { type OpenedProject, type OpenId, type ProjectEventFacts, type SaveStateFacts } from '#shared/studio/projects';
import type { StudioChannel } from './channel';
import { isLoss } from './loss';
import { replicaOf, withChange, withEdit, withoutEdit, withSnapshot, type Replica } from './replica';

export interface DocumentState {
  readonly open: OpenId;
  readonly folder: string;
  readonly project: Project;
  /** Edits that main has not answered. */
  readonly unanswered: number;
  readonly stacks: { readonly undo: EditLabel | null; readonly redo: EditLabel | null };
  readonly state: SaveStateFacts;
}

export interface DocumentStore extends StoreApi<DocumentState> {
  /** Makes an edit of the project as it is now. A refusal (`SluiceError`) goes to `onProblem`, and false comes back. */
  edit(make: (project: Project) => Change): boolean;
  undo(): void;
  redo(): void;
  /** Resolves when main has answered every edit made so far: from then on main knows what they brought. */
  settled(): Promise<void>;
  /** After a connection was lost: goes on where it was, over another one. */
  reconnected(channel: StudioChannel, opened: OpenedProject): void;
  /** Another project takes its place. Edits that main has not answered are let go: wait for `settled` first. */
  switched(opened: OpenedProject): void;
}

export type OnProblem = (error: unknown) => void;

export function openDocument(channel: StudioChannel, opened: OpenedProject, onProblem: OnProblem): DocumentStore {
  return new Document(channel, opened, onProblem).asStore();
}

/** Edits that main is asked for before it has answered the first of them; the channel carries a thousand calls. */
const mostAsked = 64;

class Document {
  readonly #store: StoreApi<DocumentState>;
  #replica: Replica;
  /** Edits that main was asked to apply over the present connection. */
  #asked = new Set<EditId>();
  #listening = new AbortController();

  constructor(
    private channel: StudioChannel,
    private opened: OpenedProject,
    private readonly onProblem: OnProblem,
  ) {
    this.#replica = replicaOf(opened.project, opened.revision);
    this.#store = createStore<DocumentState>()(() => ({
      open: opened.open,
      folder: opened.folder,
      project: opened.project,
      unanswered: 0,
      stacks: opened.stacks,
      state: opened.state,
    }));
    void this.#follow();
  }

  asStore(): DocumentStore {
    return Object.assign(this.#store, {
      edit: (make: (project: Project) => Change) => this.#edit(make),
      undo: () => void this.#takeBack('undo'),
      redo: () => void this.#takeBack('redo'),
      settled: () => this.#settled(),
      reconnected: (channel: StudioChannel, opened: OpenedProject) => {
        this.channel = channel;
        this.opened = opened;
        this.#show(withSnapshot(this.#replica, opened.project, opened.revision), opened);
        this.#asked = new Set();
        void this.#follow();
        this.#sendAll();
      },
      switched: (opened: OpenedProject) => {
        this.opened = opened;
        this.#show(replicaOf(opened.project, opened.revision), opened);
        void this.#follow();
      },
    });
  }

  #edit(make: (project: Project) => Change): boolean {
    try {
      const change = make(this.#replica.visible);
      const edit = asEdit(change);
      if (edit === undefined) return false;
      this.#show(withEdit(this.#replica, edit, change.project));
      this.#sendAll();
      return true;
    } catch (error) {
      this.onProblem(error);
      return false;
    }
  }

  /** Each at once, in order: what is on its way when a window closes arrives all the same. Main puts them in order as they come. */
  #sendAll(): void {
    const pending = this.#replica.pending.slice(0, mostAsked).map(({ id }) => id);
    const unasked = pending.filter((id) => !this.#asked.has(id));
    this.#asked = new Set(pending);
    for (const id of unasked) void this.#send(id);
  }

  async #send(id: EditId): Promise<void> {
    const { channel, opened } = this;
    const edit = this.#replica.pending.find((each) => each.id === id);
    if (edit === undefined) return;
    try {
      await channel.request('applyEdit', { open: opened.open, edit });
    } catch (error) {
      // Only main can refuse; anything else means that it never heard of the edit.
      if (!(error instanceof SluiceError) || isLoss(error)) return;
      this.#show(withoutEdit(this.#replica, id));
      this.onProblem(error);
    }
  }

  #settled(): Promise<void> {
    if (this.#store.getState().unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.#store.subscribe(({ unanswered }) => {
        if (unanswered > 0) return;
        stop();
        resolve();
      });
    });
  }

  async #takeBack(what: 'undo' | 'redo'): Promise<void> {
    try {
      await this.channel.request(what, { open: this.opened.open });
    } catch (error) {
      this.onProblem(error);
    }
  }

  async #follow(): Promise<void> {
    const { channel, opened } = this;
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    try {
      const { revision } = this.#replica;
      for await (const event of channel.stream('projectChanges', { open: opened.open, revision }, signal)) {
        if (signal.aborted) return;
        if (!this.#take(event)) return void this.#follow();
      }
    } catch (error) {
      // A lost connection is the session's affair: it connects again and calls `reconnected`.
      this.onProblem(error);
    }
  }

  /** False where a change was missed. */
  #take(event: ProjectEventFacts): boolean {
    switch (event.kind) {
      case 'snapshot':
        this.#show(withSnapshot(this.#replica, event.project, event.revision), event);
        return true;
      case 'changed': {
        const next = withChange(this.#replica, event);
        if (next === undefined) return false;
        this.#show(next, { stacks: event.stacks });
        this.#sendAll();
        return true;
      }
      case 'state':
        this.#store.setState({ state: event.state });
        return true;
    }
  }

  #show(replica: Replica, facts: Partial<Pick<DocumentState, 'stacks' | 'state' | 'open' | 'folder'>> = {}): void {
    this.#replica = replica;
    const { stacks, state, open, folder } = { ...this.#store.getState(), ...facts };
    this.#store.setState({ project: replica.visible, unanswered: replica.pending.length, stacks, state, open, folder });
  }
}
