/** What can be done with projects from outside of them. Each ends in a request of main's, and says what it did. */
import { notify } from '../controls/notify';
import { choosePaths } from '../files/choose-paths';
import { baseName } from '../files/paths';
import { sizeText } from '../generate/quantity-text';
import type { Studio } from '../studio/studio';
import type { Say } from '../text/text';
import type { ArchivedStages } from '#shared/studio/project-archives';
import type { RecentProject } from '#shared/studio/project-library';
import { openFolder, switchProject } from './switch-project';

/** @returns whether it worked; what went wrong has been said */
async function attempted(studio: Studio, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    studio.report(error);
    return false;
  }
}

/** Only off the list: its folder stays. */
export function forget(studio: Studio, { folder }: RecentProject): Promise<boolean> {
  return attempted(studio, () => studio.channel().request('forgetProject', { folder }));
}

export function remember(studio: Studio, project: RecentProject): Promise<boolean> {
  return attempted(studio, () => studio.channel().request('rememberProject', project));
}

/** It is written in the background, among the exports. */
export async function archive(
  studio: Studio,
  { folder, title }: RecentProject,
  stages: ArchivedStages,
  say: Say,
): Promise<void> {
  const [file] = await choosePaths(studio, {
    kind: 'save',
    title: say('projects.archiveTitle', { title }),
    types: [{ name: say('projects.archiveKind'), extensions: ['zip'] }],
    startIn: `${folder.replace(/\.sluice$/, '')}.zip`,
  });
  if (file === undefined) return;
  await attempted(studio, () => studio.channel().request('startArchive', { folder, file, stages }));
}

export async function clean(
  studio: Studio,
  { folder }: RecentProject,
  which: 'keep-history' | 'all',
  say: Say,
): Promise<void> {
  await attempted(studio, async () => {
    const gone = await studio.channel().request('removeUnusedMedia', { folder, which });
    notify(say('projects.cleaned', { count: gone.files, size: sizeText(gone.bytes) }));
  });
}

export async function openOther(studio: Studio, say: Say): Promise<boolean> {
  const [folder] = await choosePaths(studio, { kind: 'folder', title: say('projects.pickFolder') });
  return folder === undefined ? false : openFolder(studio, folder);
}

/** Finds a project that is not where it was. One with another id is opened all the same, and the lost one stays listed. */
export async function relocate(studio: Studio, lost: RecentProject, say: Say): Promise<boolean> {
  const [folder] = await choosePaths(studio, {
    kind: 'folder',
    title: say('projects.pickMissing', { title: lost.title }),
  });
  if (folder === undefined || !(await openFolder(studio, folder))) return false;
  const { project } = studio.document.getState();
  if (project.id === lost.id)
    await attempted(studio, () => studio.channel().request('forgetProject', { folder: lost.folder }));
  else notify(say('projects.switchFailed', { title: baseName(folder), wanted: lost.title }));
  return true;
}

export function rename(studio: Studio, { folder }: RecentProject, title: string): Promise<boolean> {
  return attempted(studio, () => studio.channel().request('renameProject', { folder, title }));
}

/** Opens the copy. */
export function duplicate(studio: Studio, folder: string, title: string): Promise<boolean> {
  return switchProject(studio, async (channel) => {
    const copy = await channel.request('duplicateProject', { folder, title });
    return channel.request('openProject', { folder: copy.folder });
  });
}
