/** The project that a window begins with: its own, the one it was opened for, the one that was open last; in the very first window a sample. */
import type { z } from 'zod';
import type { sampleSchema } from '#shared/studio/project-library';
import type { OpenedProject } from '#shared/studio/projects';
import type { StudioChannel } from './channel';
import { isLoss } from './loss';
import type { Studio } from './studio';
import { projectOfWindow } from './window-project';

/** What a new window opens where nothing was open before. */
export interface Beginning {
  readonly title: string;
  /** Of the project that the very first window shows. */
  readonly sample: z.infer<typeof sampleSchema>;
  /** A project that was asked for by name, or that this window showed before, cannot be opened: another one is, instead. */
  readonly onNotOpened: (folder: string, error: unknown) => void;
}

interface FirstProject {
  readonly opened: OpenedProject;
  /** Nothing was opened on this machine before. */
  readonly isFirst: boolean;
}

export async function openFirstProject(channel: StudioChannel, beginning: Beginning): Promise<FirstProject> {
  const { title, sample, onNotOpened } = beginning;
  const [{ folder: asked }, { projects }] = await Promise.all([
    channel.request('opening', {}),
    channel.request('recentProjects', {}),
  ]);
  const last = projects.filter(({ exists }) => exists).map(({ folder }) => folder);
  // What this window showed, what it was opened for, what was open last anywhere: the first that can be opened is it.
  const wanted = projectOfWindow() ?? asked;
  for (const folder of [wanted ?? [], last].flat())
    try {
      return { opened: await channel.request('openProject', { folder }), isFirst: false };
    } catch (error) {
      // It must not keep the studio from opening. Of those that were open last, it is said where they are listed.
      if (isLoss(error)) throw error;
      if (folder === wanted) onNotOpened(folder, error);
    }
  if (projects.length > 0) return { opened: await channel.request('createProject', { title }), isFirst: false };
  const opened = await channel.request('createSample', sample).catch((error: unknown) => {
    if (isLoss(error)) throw error;
    return channel.request('createProject', { title });
  });
  return { opened, isFirst: true };
}

/** What a new person sees first moves, unless they want nothing to; its first clip stands open, with all that made it. */
export function showOff({ document, timeline }: Studio): void {
  const [first] = [...document.getState().project.clips.values()].toSorted((a, b) => a.startFrame - b.startFrame);
  if (first === undefined) return;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  timeline.setState({ selection: new Set([first.id]), opened: first.id, rate: isStill ? 0 : 1 });
}
