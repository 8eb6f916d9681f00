/** Projects: opening and closing, editing, undo, and what is done to their folders. */
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { changeProject } from '#shared/project/edits/media';
import { newEditId } from '#shared/project/ids';
import type { Calls, Streams } from './calls';
import type { User } from './open-projects';
import { openedFacts, projectChanges, saveStateFacts } from './project-facts';
import { projectsFolder, type StudioParts } from './studio';

type ProjectCalls = Calls<
  | 'createProject'
  | 'openProject'
  | 'closeProject'
  | 'applyEdit'
  | 'undo'
  | 'redo'
  | 'retrySave'
  | 'saveProjectAs'
  | 'duplicateProject'
  | 'renameProject'
>;

export function projectCalls(parts: StudioParts, user: User): ProjectCalls {
  const { projects } = parts;
  const { store } = projects;
  return {
    createProject: async ({ title, parent, frameRate, size }) => {
      const into = parent ?? (await projectsFolder(parts));
      await mkdir(into, { recursive: true });
      const shape = { ...(frameRate && { frameRate }), ...(size && { size }) };
      return openedFacts(await projects.hold(() => store.create(into, title, shape), user));
    },
    openProject: async ({ folder }) => openedFacts(await projects.open(folder, user)),
    closeProject: async ({ open, discard }) => {
      await projects.close(open, user, discard);
      return {};
    },
    applyEdit: async ({ open, edit }) => projects.of(open, user).project.apply(edit),
    undo: async ({ open }) => ({ made: (await projects.of(open, user).project.undo()) ?? null }),
    redo: async ({ open }) => ({ made: (await projects.of(open, user).project.redo()) ?? null }),
    retrySave: async ({ open }) => saveStateFacts(await projects.of(open, user).project.retry()),
    saveProjectAs: async ({ open, folder }) => {
      const { project } = projects.of(open, user);
      await store.saveAs(project, folder);
      return { folder: project.directory };
    },
    duplicateProject: async ({ folder, title }) => ({ folder: await store.duplicate(folder, title) }),
    renameProject: async ({ folder, title }) => ({ folder: await rename(parts, folder, title) }),
  };
}

export function projectStreams({ projects }: StudioParts, user: User): Streams<'projectChanges'> {
  return {
    projectChanges: async function* ({ open, revision }, signal) {
      yield* projectChanges(projects.of(open, user).project, revision, signal);
    },
  };
}

/** The folder of a project that is open stays what it is: other programs, and the lock, know it by that. */
async function rename({ projects }: StudioParts, folder: string, title: string): Promise<string> {
  const real = await realpath(folder).catch(() => path.resolve(folder));
  const open = projects.inFolder(real);
  if (open === undefined) return projects.store.rename(folder, title);
  const { label, patches } = changeProject(open.project.project, { title });
  if (patches.length > 0) await open.project.apply({ id: newEditId(), label, patches: [...patches] });
  return real;
}
