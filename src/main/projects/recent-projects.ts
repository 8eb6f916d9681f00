/** The list of projects that were opened last. Of no value that could not be had again: a damaged list is an empty one. */
import { z } from 'zod';
import { projectIdSchema } from '#shared/project/ids';
import { readJsonFile } from '../files/json-file';
import { writeDurably } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import { layoutOf } from './layout';
import { readIfThere } from './load';

const mostRecent = 50;

export const recentProjectSchema = z.strictObject({
  folder: z.string().min(1),
  id: projectIdSchema,
  title: z.string(),
  openedAt: z.iso.datetime(),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

const listSchema = z.strictObject({ projects: z.array(recentProjectSchema) });

export class RecentProjects {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: FileSystem,
    private readonly file: string,
  ) {}

  /** Newest first, each with whether it is still there. */
  async list(): Promise<readonly (RecentProject & { readonly exists: boolean })[]> {
    return Promise.all(
      (await this.read()).map(async (project) => ({
        ...project,
        exists: (await readIfThere(() => this.files.stat(layoutOf(project.folder).snapshot))) !== undefined,
      })),
    );
  }

  note(project: RecentProject): Promise<void> {
    return this.change((list) =>
      [project, ...list.filter(({ folder }) => folder !== project.folder)].sort(newestFirst),
    );
  }

  forget(folder: string): Promise<void> {
    return this.change((list) => list.filter((project) => project.folder !== folder));
  }

  private async read(): Promise<readonly RecentProject[]> {
    const found = await readJsonFile(this.file, listSchema);
    return found.kind === 'read' ? found.value.projects : [];
  }

  private change(to: (list: readonly RecentProject[]) => readonly RecentProject[]): Promise<void> {
    const done = this.turn.then(async () => {
      const projects = to(await this.read()).slice(0, mostRecent);
      await writeDurably(this.file, `${JSON.stringify({ projects }, undefined, 2)}\n`, undefined, this.files);
    });
    this.turn = done.catch(() => undefined);
    return done;
  }
}

function newestFirst(a: RecentProject, b: RecentProject): number {
  return Date.parse(b.openedAt) - Date.parse(a.openedAt);
}
