/** The projects of this machine: creating, opening, copying, renaming, and the list of recent ones. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { changeProject } from '#shared/project/edits/media';
import { newEditId, newProjectId } from '#shared/project/ids';
import { newProject, projectSchemaVersion, type NewProject, type Project } from '#shared/project/project';
import type { Sha256 } from '#shared/units';
import { renameDurably } from '../files/durable-write';
import { nodeFileSystem, type FileSystem } from '../files/file-system';
import type { ArchiveWatch } from './archive';
import { copyMedia } from './copy-media';
import { startOf, usualTracks } from './beginning';
import { folderName } from './folder-name';
import { followWriter } from './follow-writer';
import { layoutOf, projectSuffix } from './layout';
import { loadProject, readIfThere, refuseNewer } from './load';
import { Migrations } from './migrate';
import { OpenProject } from './open-project';
import { ProjectFolder } from './project-folder';
import { claimProject, type ProjectLocks } from './project-lock';
import { readArchive, type ReadArchive } from './read-archive';
import { RecentProjects } from './recent-projects';
import type { ProjectState } from './snapshot';
import { removeFiles, unusedMedia, type UnusedFile } from './unused-media';
import { removeAbandoned, writeFolder } from './write-folder';

export interface ProjectStoreOptions {
  /** Of this user, shared by all processes of Sluice. */
  readonly locks: ProjectLocks;
  /** Where the list of recent projects is kept; its folder exists. */
  readonly recentFile: string;
  readonly files?: FileSystem;
  readonly clock?: () => Date;
  readonly migrations?: Migrations;
}

/** What a new project is like, where it shall not be as usual. */
export type ProjectShape = Omit<NewProject, 'id' | 'title'>;

/** The formats that can be read: the first one is the present one. */
export const presentMigrations = new Migrations([], projectSchemaVersion);

const mostOfOneTitle = 1000;

export class ProjectStore {
  readonly recent: RecentProjects;
  private readonly files: FileSystem;
  private readonly clock: () => Date;
  private readonly migrations: Migrations;
  private readonly locks: ProjectLocks;
  /** By real path. */
  private readonly opened = new Map<string, Promise<OpenProject>>();

  constructor(options: ProjectStoreOptions) {
    this.files = options.files ?? nodeFileSystem;
    this.clock = options.clock ?? (() => new Date());
    this.migrations = options.migrations ?? presentMigrations;
    this.locks = options.locks;
    this.recent = new RecentProjects(this.files, options.recentFile);
  }

  /** A new project in a folder of its own inside `parent`, open. Throws `disk-full`, `disk-read-only`. */
  async create(parent: string, title: string, shape: ProjectShape = {}): Promise<OpenProject> {
    const project = newProject({ tracks: usualTracks(), ...shape, id: newProjectId(), title });
    return await this.open(await this.writeNew(parent, title, startOf(project)));
  }

  /**
   * Opens a project as it was last saved. Where another process has it open it may only be read; where its folder cannot be
   * written it opens as unsaved. Opened twice in this process it is the same, for both. Throws `project-not-found`,
   * `project-newer` (untouched), `project-invalid`.
   */
  async open(folder: string): Promise<OpenProject> {
    const real = await realFolder(folder);
    for (let already = await this.opened.get(real); already !== undefined; already = await this.opened.get(real)) {
      if (already.share()) return already;
      await already.closingEnded();
    }
    const opening = this.openFolder(real);
    this.opened.set(real, opening);
    try {
      const project = await opening;
      await this.note(project);
      return project;
    } catch (error) {
      this.opened.delete(real);
      throw error;
    }
  }

  /** A copy under another title, with an id of its own and no history. Returns its folder. */
  async duplicate(folder: string, title: string): Promise<string> {
    const copy = { ...(await this.projectIn(folder)), id: newProjectId(), title };
    const fill = (target: string): Promise<void> => copyMedia(this.files, folder, target);
    return await this.writeNew(path.dirname(folder), title, startOf(copy), fill);
  }

  /** Another title, and a folder named after it; returns that. Throws `project-locked` while the project is open. */
  async rename(folder: string, title: string): Promise<string> {
    const real = await realFolder(folder);
    if (this.opened.has(real)) throw isInUse(real, 'it is open here');
    const project = await this.open(real);
    const { label, patches } = changeProject(project.project, { title });
    try {
      await project.apply({ id: newEditId(), label, patches: [...patches] });
    } finally {
      await project.close();
    }
    const target = await this.freeFolder(path.dirname(real), title, real);
    if (target !== real) await renameDurably(real, target, this.files);
    await this.recent.forget(real);
    await this.recent.note({ folder: target, id: project.project.id, title, openedAt: this.clock().toISOString() });
    return target;
  }

  /**
   * Writes an open project into a new folder and goes on there, with all of its history and as a project of its own. This is
   * also the way out where its own folder cannot be written. Throws `output-exists`, `disk-full`, `disk-read-only`.
   */
  async saveAs(project: OpenProject, folder: string): Promise<void> {
    const target = folder.endsWith(projectSuffix) ? folder : `${folder}${projectSuffix}`;
    const before = project.directory;
    await project.moveTo(async (state, unwritten) => {
      const moved: ProjectState = { ...state, project: { ...state.project, id: newProjectId() } };
      const fill = (copy: string): Promise<void> => copyMedia(this.files, before, copy);
      await writeFolder(this.files, target, moved, { from: layoutOf(before), unwritten }, fill);
      const real = await realpath(target);
      const claim = await claimProject(this.locks, real);
      if (claim.kind === 'busy') throw isInUse(real, `process ${claim.holder} has it open`);
      const loaded = await loadProject(this.files, real, this.migrations);
      return {
        folder: new ProjectFolder(this.files, real, loaded, this.clock),
        state: loaded.state,
        release: claim.release,
      };
    });
    this.opened.delete(before);
    this.opened.set(project.directory, Promise.resolve(project));
    await this.note(project);
  }

  /**
   * The project of an archive, in a folder of its own inside `parent`, with a new id; returns that folder. Starts nothing. `takeFrames`
   * is given the frames that came along before the project is there; where it throws, there is none. Throws `project-invalid`,
   * `project-newer`, `disk-full`, `disk-read-only`, the reason of the signal.
   */
  async importArchive(
    file: string,
    parent: string,
    takeFrames: (project: Project, archive: ReadArchive) => Promise<void> = () => Promise.resolve(),
    watch: ArchiveWatch = {},
  ): Promise<string> {
    const archive = await readArchive(file, this.migrations, watch);
    try {
      const project = { ...archive.project, id: newProjectId() };
      return await this.writeNew(parent, project.title, startOf(project), async (folder) => {
        await archive.extractMedia(folder);
        await takeFrames(project, archive);
        watch.signal?.throwIfAborted();
      });
    } finally {
      archive.close();
    }
  }

  /** Files in a project's own folder that neither it nor `inUse` needs (`unused-media.ts`). Throws as `open` does. */
  async unusedMedia(folder: string, inUse: ReadonlySet<Sha256>): Promise<readonly UnusedFile[]> {
    const { media } = await this.projectIn(folder);
    const needed = new Set([...inUse, ...[...media.values()].map(({ sha256 }) => sha256)]);
    return await unusedMedia(this.files, await realFolder(folder), needed, this.clock());
  }

  /**
   * Removes them; `keep-history`: but those that undo could need. Returns what is gone. Throws `project-locked` where another process has
   * the project open, or where edits of it are not saved.
   */
  async removeUnusedMedia(
    folder: string,
    inUse: ReadonlySet<Sha256>,
    which: 'keep-history' | 'all',
  ): Promise<readonly UnusedFile[]> {
    const project = await this.open(folder);
    try {
      const { directory, state } = project;
      if (state.kind === 'read-only' || state.kind === 'unsaved')
        throw isInUse(directory, state.kind === 'read-only' ? 'it is open elsewhere' : 'it has unsaved edits');
      const unused = await this.unusedMedia(directory, inUse);
      const going = unused.filter(({ isInHistory }) => which === 'all' || !isInHistory);
      await removeFiles(this.files, directory, going);
      return going;
    } finally {
      await project.close();
    }
  }

  /** As it is in memory if it is open here, else as it was last saved. Throws as `open` does. */
  async projectIn(folder: string): Promise<Project> {
    const real = await realFolder(folder);
    const open = this.opened.get(real);
    return open === undefined
      ? (await loadProject(this.files, real, this.migrations)).state.project
      : (await open).project;
  }

  /** Closes every open project, as at quitting. Throws the first reason why edits could not be saved; with `discard` they are let go. */
  async closeAll({ discard = false } = {}): Promise<void> {
    const projects = await Promise.all(this.opened.values());
    const closed = await Promise.allSettled(projects.map((project) => project.closeForAll({ discard })));
    for (const result of closed) if (result.status === 'rejected') throw result.reason;
  }

  private async openFolder(real: string): Promise<OpenProject> {
    await refuseNewer(this.files, real, this.migrations);
    const claim = await claimProject(this.locks, real);
    let stopFollowing: () => void = () => undefined;
    const release = async (): Promise<void> => {
      stopFollowing();
      if (claim.kind === 'held') await claim.release();
    };
    try {
      const loaded = await loadProject(this.files, real, this.migrations);
      const holder = claim.kind === 'busy' ? claim.holder : undefined;
      const found = { state: loaded.state, entries: loaded.entries, holder };
      const folder = new ProjectFolder(this.files, real, loaded, this.clock);
      const project = new OpenProject(folder, found, this.clock, release, () => this.opened.delete(project.directory));
      await project.retry();
      if (claim.kind === 'busy') stopFollowing = this.follow(project);
      return project;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** What another process writes shows here, too. */
  private follow(project: OpenProject): () => void {
    const load = async (): Promise<ProjectState> =>
      (await loadProject(this.files, project.directory, this.migrations)).state;
    return followWriter(this.files, layoutOf(project.directory), load, project.writer);
  }

  private async writeNew(
    parent: string,
    title: string,
    state: ProjectState,
    fill?: (folder: string) => Promise<void>,
  ): Promise<string> {
    await this.files.mkdir(parent, { recursive: true });
    await removeAbandoned(this.files, parent, this.clock());
    const folder = await this.freeFolder(parent, title);
    await writeFolder(this.files, folder, state, undefined, fill);
    return folder;
  }

  /** The first name for `title` that nothing has, or the one that `own` has already. */
  private async freeFolder(parent: string, title: string, own?: string): Promise<string> {
    for (let number = 1; number <= mostOfOneTitle; number += 1) {
      const folder = path.join(parent, folderName(title, number));
      if (folder === own || (await readIfThere(() => this.files.stat(folder))) === undefined) return folder;
    }
    throw new SluiceError(
      'output-exists',
      `There are ${mostOfOneTitle} projects called “${title}” in ${parent}: choose another title.`,
    );
  }

  private async note(project: OpenProject): Promise<void> {
    const {
      directory: folder,
      project: { id, title },
    } = project;
    // The list is a convenience: a disk that is full must not keep a project from opening.
    await this.recent.note({ folder, id, title, openedAt: this.clock().toISOString() }).catch(() => undefined);
  }
}

async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    throw new SluiceError('project-not-found', `There is no project at ${folder}: it was moved, renamed or removed.`, {
      details: { folder },
      cause: error,
    });
  }
}

function isInUse(folder: string, why: string): SluiceError {
  return new SluiceError(
    'project-locked',
    `The project in ${folder} cannot be changed: ${why}. Close it there first, or save it.`,
    {
      details: { folder },
    },
  );
}
