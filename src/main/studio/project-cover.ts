/** What a project looks like from outside: the first of its clips that can be seen, and how long it is. */
import { endFrame, type Clip } from '#shared/project/clip';
import type { Media } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import type { ProjectCover } from '#shared/studio/project-library';
import type { Sha256 } from '#shared/units';
import type { ArtifactStore } from '../artifacts/artifact-store';
import { artifactFacts } from './take-ladder';

export interface CoverSources {
  readonly artifacts: ArtifactStore;
  /** Whether a thumbnail of media can be had. */
  readonly hasThumbnail: (media: Media) => Promise<boolean>;
}

type Picture = Pick<ProjectCover, 'picture' | 'thumbnail'>;

/** Looking further would make a list of projects slow. */
const mostLookups = 40;

export async function projectCover(project: Project, sources: CoverSources): Promise<ProjectCover> {
  const { size, frameRate, clips } = project;
  const frames = Math.max(0, ...[...clips.values()].map(endFrame));
  const seconds = (frames * frameRate.den) / frameRate.num;
  return { ...(await firstPicture(project, sources)), clips: clips.size, seconds, size, frameRate };
}

/** Of clips in the order of time; of a project that has none, of its library. */
async function firstPicture(project: Project, sources: CoverSources): Promise<Picture> {
  const clips = [...project.clips.values()].sort((a, b) => a.startFrame - b.startFrame);
  const looks = clips.flatMap((clip) => looksOf(project, clip));
  if (clips.length === 0) looks.push(...[...project.media.values()].map((media) => ({ media })));
  const looked = new Set<Sha256>();
  for (const look of looks) {
    const hash = 'media' in look ? look.media.sha256 : look.key;
    if (looked.has(hash)) continue;
    if (looked.add(hash).size > mostLookups) break;
    if ('media' in look) {
      if (look.media.kind !== 'audio' && (await sources.hasThumbnail(look.media))) return { thumbnail: hash };
    } else {
      const artifact = await sources.artifacts.find(hash);
      if (artifact !== undefined) return { picture: artifactFacts(artifact) };
    }
  }
  return {};
}

type Look = { readonly media: Media } | { readonly key: Sha256 };

/** Of a take the highest stage first. */
function looksOf(project: Project, { source }: Clip): readonly Look[] {
  if (source.kind === 'media') {
    const media = project.media.get(source.mediaId);
    return media === undefined ? [] : [{ media }];
  }
  const made = project.takes.get(source.takeId)?.made.map(({ key }) => ({ key })) ?? [];
  const start = project.shots.get(source.shotId)?.direction.startFrom;
  return [...made.toReversed(), ...(start === undefined ? [] : [{ key: start.source.sha256 }])];
}
