/** A project of many clips in a studio's folder, as the one that was open last: a window opens it at once. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { newProjectId } from '#shared/project/ids';
import { largeProject } from '#shared/project/project.test-fixtures';
import { openSharedHome } from '#main/files/shared-home';
import { nodeFileSystem } from '#main/files/file-system';
import { emptyStacks } from '#main/projects/entry';
import { ProjectStore } from '#main/projects/project-store';
import { writeFolder } from '#main/projects/write-folder';

export async function largeProjectIn(folder: string, clips: number, tracks: number): Promise<void> {
  const home = path.join(folder, 'home');
  await mkdir(home, { recursive: true });
  const target = path.join(folder, 'Large.sluice');
  const project = { ...largeProject(clips, tracks), id: newProjectId(), title: 'Large' };
  await writeFolder(nodeFileSystem, target, { project, revision: 0, stacks: emptyStacks });
  const shared = await openSharedHome(home);
  const store = new ProjectStore({ locks: shared.locks, recentFile: path.join(home, 'recent-projects.json') });
  await (await store.open(target)).close();
  await shared.close();
}
