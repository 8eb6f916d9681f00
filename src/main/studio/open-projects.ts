/**
 * The projects that somebody has open: windows, and the queue while it notes a finished stage. A project stays open while anyone
 * does, and beyond that while it has edits that could not be saved. What its takes were made of is kept from eviction, open or not.
 */
import { randomBytes } from 'node:crypto';
import { SluiceError } from '#shared/errors';
import type { Project } from '#shared/project/project';
import { shotOfTake } from '#shared/project/project-shot';
import { openIdSchema, type OpenId } from '#shared/studio/projects';
import type { Sha256 } from '#shared/units';
import type { Pins } from '../artifacts/pins';
import { importedKeys } from '../jobs/keyed-stages';
import type { OpenProject } from '../projects/open-project';
import type { ProjectStore } from '../projects/project-store';

/** Whoever has projects open; told apart by identity. */
export type User = object;

export interface HeldProject {
  readonly id: OpenId;
  readonly project: OpenProject;
}

interface Holding extends HeldProject {
  readonly users: Set<User>;
  readonly forget: () => void;
}

export class OpenProjects {
  private readonly held = new Map<OpenProject, Holding>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly store: ProjectStore,
    private readonly pins: Pins,
    private readonly onNotice: (message: string) => void,
  ) {}

  /** Throws what opening throws. */
  open(folder: string, user: User): Promise<HeldProject> {
    return this.hold(() => this.store.open(folder), user);
  }

  /** For a project that `make` opens. */
  hold(make: () => Promise<OpenProject>, user: User): Promise<HeldProject> {
    return this.inTurn(async () => {
      const project = await make();
      const known = this.held.get(project);
      if (known === undefined) return this.enter(project, user);
      await project.close();
      known.users.add(user);
      return known;
    });
  }

  /** Throws `project-not-found` for a project that `user` does not have open. */
  of(id: OpenId, user: User): HeldProject {
    for (const holding of this.held.values()) if (holding.id === id && holding.users.has(user)) return holding;
    throw new SluiceError('project-not-found', `No project is open as ${id}: open it again.`, { details: { id } });
  }

  /** All that anyone has open. */
  get all(): readonly { readonly project: Project }[] {
    return [...this.held.values()].map(({ project }) => ({ project: project.project }));
  }

  /** The one in `folder` (its real path), if anyone has it open. */
  inFolder(folder: string): HeldProject | undefined {
    return [...this.held.values()].find(({ project }) => project.directory === folder);
  }

  /** Whether an open project has edits that are in memory only, because they could not be saved. */
  get hasUnsaved(): boolean {
    return [...this.held.values()].some(({ project }) => project.state.kind === 'unsaved');
  }

  /** Throws why edits could not be saved, and leaves it open; with `discard` they are let go. */
  close(id: OpenId, user: User, discard: boolean): Promise<void> {
    return this.inTurn(() => this.release(this.of(id, user), user, discard));
  }

  /** A user is gone. Edits that cannot be saved now are kept in memory, for whoever opens the project next. */
  leave(user: User): Promise<void> {
    return this.inTurn(async () => {
      for (const holding of [...this.held.values()])
        if (holding.users.has(user)) await this.release(holding, user, false).catch(() => undefined);
    });
  }

  private enter(project: OpenProject, user: User): HeldProject {
    const id = openIdSchema.parse(`open-${randomBytes(8).toString('hex')}`);
    const keeper = new PinKeeper(project, this.pins, this.onNotice);
    const holding = { id, project, users: new Set([user]), forget: keeper.stop };
    this.held.set(project, holding);
    return holding;
  }

  private async release({ project }: HeldProject, user: User, discard: boolean): Promise<void> {
    const holding = this.held.get(project);
    if (holding === undefined) return;
    if (holding.users.size > 1 || !holding.users.has(user)) {
      holding.users.delete(user);
      return;
    }
    await project.close({ discard }).catch((error: unknown) => {
      if (!discard) throw error;
    });
    holding.forget();
    this.held.delete(project);
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.turn.then(action);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** Keeps the pins of a project as its takes are. */
class PinKeeper {
  private pinned = '';
  private turn: Promise<void> = Promise.resolve();
  readonly stop: () => void;

  constructor(
    private readonly project: OpenProject,
    private readonly pins: Pins,
    private readonly onNotice: (message: string) => void,
  ) {
    this.stop = project.subscribe((event) => {
      const touches =
        event.kind === 'changed' && event.entry.patches.some(({ path }) => path[0] === 'takes' || path[0] === 'shots');
      if (touches) this.renew();
    });
    this.renew();
  }

  private renew(): void {
    if (this.project.state.kind === 'read-only') return;
    const { id } = this.project.project;
    const keys = keysOf(this.project.project);
    const text = [id, ...keys].join(' ');
    if (text === this.pinned) return;
    this.pinned = text;
    this.turn = this.turn.then(() =>
      this.pins.set(id, keys).catch((error: unknown) => {
        this.pinned = '';
        this.onNotice(`The clips of “${this.project.project.title}” could not be kept from eviction: ${String(error)}`);
      }),
    );
  }
}

function keysOf(project: Project): readonly Sha256[] {
  const keys = new Set<Sha256>();
  for (const take of project.takes.values()) {
    for (const { key } of take.made) keys.add(key);
    const shot = project.shots.get(take.shotId);
    if (shot !== undefined) for (const key of importedKeys(shotOfTake(shot, take))) keys.add(key);
  }
  return [...keys].sort();
}
