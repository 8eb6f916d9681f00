/** What a project needs of the artifact store: to be pinned while the project exists, so that eviction never takes it. */
import type { Sha256 } from '../units';
import type { Project } from './project';

/** Keys of every stage that was made of any take, and of the frames that people brought for shots. */
export function artifactKeys(project: Pick<Project, 'takes' | 'shots'>): ReadonlySet<Sha256> {
  const keys = new Set<Sha256>();
  for (const take of project.takes.values()) for (const { key } of take.made) keys.add(key);
  for (const { direction } of project.shots.values()) {
    for (const { source } of direction.given) keys.add(source.sha256);
    if (direction.startFrom !== undefined) keys.add(direction.startFrom.source.sha256);
  }
  return keys;
}
