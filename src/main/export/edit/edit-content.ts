/** What an edit shows, looked up before it is exported: the frames of every take in sight, and what cannot be shown. */
import { isCancellation } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import { endFrame, type Clip } from '#shared/project/clip';
import type { ShotId, TakeId } from '#shared/project/ids';
import { clipsBetween } from '#shared/project/in-sight';
import { clipsOfTrack } from '#shared/project/order';
import { projectSchema, projectJson, type Project, type Range } from '#shared/project/project';
import type { Sha256 } from '#shared/units';
import type { CascadeServices } from '../../jobs/cascade-services';
import type { Pack } from '../../packs/pack';
import { takeClip, type TakeClip } from '../../studio/take-clip';

export interface ShownTake extends TakeClip {
  readonly takeId: TakeId;
  /** The stage that clips ask for; undefined: none in particular. */
  readonly wanted: StageId | undefined;
}

export interface EditContent {
  /** Without what the range does not show. */
  readonly project: Project;
  readonly range: Range;
  readonly takes: readonly ShownTake[];
  /** Clips that show nothing, because nothing was made or can be found. */
  readonly emptyClips: number;
  /** Clips whose frames are of another state of their take than it has now. */
  readonly staleClips: number;
}

export interface EditServices extends Pick<CascadeServices, 'artifacts' | 'versions'> {
  /** Throws where it is not installed. */
  readonly packOf: (hash: Sha256) => Promise<Pack>;
}

/** First frame after the last clip that can be seen or heard; 0 for an empty project. */
export function editLength(project: Project): number {
  return Math.max(0, ...[...project.clips.values()].map(endFrame));
}

/** Looks every take up once. Throws the reason of a cancellation; all else makes a clip empty, as in the viewer. */
export async function editContent(project: Project, range: Range, services: EditServices): Promise<EditContent> {
  const clips = shownClips(project, range);
  const known = new Map<string, ShownTake | undefined>();
  let [emptyClips, staleClips] = [0, 0];
  for (const { source } of clips) {
    if (source.kind !== 'shot') {
      emptyClips += 1;
      continue;
    }
    const name = `${source.takeId} ${source.stage ?? ''}`;
    if (!known.has(name)) known.set(name, await shownTake(project, source, services));
    const take = known.get(name);
    if (take === undefined) emptyClips += 1;
    else if (take.isStale) staleClips += 1;
  }
  const takes = [...known.values()].filter((take) => take !== undefined);
  return { project: onlyWith(project, clips), range, takes, emptyClips, staleClips };
}

/** Of tracks that are not muted, in the range. */
function shownClips(project: Project, { inFrame, outFrame }: Range): readonly Clip[] {
  return [...project.tracks.values()]
    .filter(({ muted, kind }) => !muted && kind === 'video')
    .flatMap(({ id }) => clipsBetween(clipsOfTrack(project, id), inFrame, outFrame));
}

async function shownTake(
  project: Project,
  source: { readonly shotId: ShotId; readonly takeId: TakeId; readonly stage?: StageId | undefined },
  services: EditServices,
): Promise<ShownTake | undefined> {
  const shot = project.shots.get(source.shotId);
  const take = project.takes.get(source.takeId);
  if (shot === undefined || take === undefined) return undefined;
  try {
    const pack = await services.packOf(shot.packHash);
    return { takeId: take.id, wanted: source.stage, ...(await takeClip({ pack, shot, take }, source.stage, services)) };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return undefined;
  }
}

/** The project with these clips and what they show; its markers and everything else are nobody's business who gets the file. */
function onlyWith(project: Project, clips: readonly Clip[]): Project {
  const shots = new Set<string>();
  const takes = new Set<string>();
  const media = new Set<string>();
  for (const { source } of clips) {
    if (source.kind === 'media') media.add(source.mediaId);
    else {
      shots.add(source.shotId);
      takes.add(source.takeId);
    }
  }
  const whole = projectJson(project);
  return projectSchema.parse({
    ...whole,
    range: undefined,
    markers: [],
    clips: [...clips],
    shots: whole.shots.filter(({ id }) => shots.has(id)),
    takes: whole.takes.filter(({ id }) => takes.has(id)),
    media: whole.media.filter(({ id }) => media.has(id)),
  });
}
