/** Projects that are not open: the list of recent ones, what they look like, and the sample. */
import type { Media } from '#shared/project/media';
import type { OpenProject } from '../projects/open-project';
import type { Calls } from './calls';
import type { User } from './open-projects';
import { projectCover } from './project-cover';
import { openedFacts } from './project-facts';
import { createSample } from './sample';
import type { StudioParts } from './studio';

export function projectLibraryCalls(
  parts: StudioParts,
  user: User,
): Calls<'recentProjects' | 'forgetProject' | 'rememberProject' | 'projectCover' | 'createSample'> {
  const { projects, jobs, media } = parts;
  const { store } = projects;
  return {
    recentProjects: async () => ({ projects: [...(await store.recent.list())] }),
    forgetProject: async ({ folder }) => {
      await store.recent.forget(folder);
      return {};
    },
    rememberProject: async ({ folder, id, title, openedAt }) => {
      await store.recent.note({ folder, id, title, openedAt });
      return {};
    },
    projectCover: async ({ folder }, signal) => {
      const hasThumbnail = (one: Media): Promise<boolean> => media.shelf.hasThumbnail(one, folder, signal);
      return projectCover(await store.projectIn(folder), { artifacts: jobs.artifacts, hasThumbnail });
    },
    createSample: async (words, signal) => {
      const make = async (): Promise<OpenProject> => {
        // Two windows may come at once: the second shows what the first has made.
        const first = (await store.recent.list()).find(({ exists }) => exists);
        return first === undefined ? createSample(parts, words, signal) : store.open(first.folder);
      };
      return openedFacts(await projects.hold(make, user));
    },
  };
}
