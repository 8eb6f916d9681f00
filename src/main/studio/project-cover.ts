/** What a project looks like from outside: the first of its clips of which frames are kept, and how long it is. */
import { endFrame, type Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';
import type { ProjectCover } from '#shared/studio/project-library';
import type { Sha256 } from '#shared/units';
import type { Artifact, ArtifactStore } from '../artifacts/artifact-store';
import { artifactFacts } from './take-ladder';

/** Looking further would make a list of projects slow. */
const mostLookups = 40;

export async function projectCover(project: Project, artifacts: ArtifactStore): Promise<ProjectCover> {
  const { size, frameRate, clips } = project;
  const picture = await firstKept(project, artifacts);
  const frames = Math.max(0, ...[...clips.values()].map(endFrame));
  return {
    ...(picture && { picture: artifactFacts(picture) }),
    clips: clips.size,
    seconds: (frames * frameRate.den) / frameRate.num,
    size,
    frameRate,
  };
}

async function firstKept(project: Project, artifacts: ArtifactStore): Promise<Artifact | undefined> {
  const clips = [...project.clips.values()].sort((a, b) => a.startFrame - b.startFrame);
  const keys = new Set<Sha256>();
  for (const clip of clips) for (const key of keysOf(project, clip)) keys.add(key);
  for (const key of [...keys].slice(0, mostLookups)) {
    const artifact = await artifacts.find(key);
    if (artifact !== undefined) return artifact;
  }
  return undefined;
}

/** Of the highest stage first. */
function keysOf(project: Project, { source }: Clip): readonly Sha256[] {
  if (source.kind !== 'shot') return [];
  const made = project.takes.get(source.takeId)?.made.map(({ key }) => key) ?? [];
  const start = project.shots.get(source.shotId)?.direction.startFrom;
  return [...made.toReversed(), ...(start === undefined ? [] : [start.source.sha256])];
}
