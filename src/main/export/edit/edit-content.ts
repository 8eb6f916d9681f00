/** What an edit shows, looked up before it is exported: the frames of every take in sight, and what cannot be shown. */
import { soundsBetween } from '#shared/edit/sounds';
import { isCancellation } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import { endFrame, type Clip } from '#shared/project/clip';
import type { MediaId, ShotId, TakeId } from '#shared/project/ids';
import { clipsBetween } from '#shared/project/in-sight';
import type { Media } from '#shared/project/media';
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

export interface MediaPath {
  readonly mediaId: MediaId;
  readonly file: string;
}

export interface EditContent {
  /** Without what the range does not show. */
  readonly project: Project;
  readonly range: Range;
  readonly takes: readonly ShownTake[];
  /** Files of media that are seen, and of the samples of those that are heard. */
  readonly media: readonly MediaPath[];
  readonly sounds: readonly MediaPath[];
  /** Clips that show nothing, because nothing was made or can be found. */
  readonly emptyClips: number;
  /** Clips whose frames are of another state of their take than it has now. */
  readonly staleClips: number;
}

export interface EditServices extends Pick<CascadeServices, 'artifacts' | 'versions'> {
  /** Throws where it is not installed: what was made with it is shown all the same. */
  readonly packOf: (hash: Sha256) => Promise<Pack>;
  /** The file of imported media. Throws where it is missing. */
  readonly mediaFile: (media: Media) => Promise<string>;
  /** The file of its samples, made where it is not there. Throws where that cannot be. */
  readonly soundFile: (media: Media) => Promise<string>;
}

/** First frame after the last clip that can be seen or heard; 0 for an empty project. */
export function editLength(project: Project): number {
  return Math.max(0, ...[...project.clips.values()].map(endFrame));
}

/** Looks every take and media up once. Throws the reason of a cancellation; all else makes a clip empty, as in the viewer. */
export async function editContent(project: Project, range: Range, services: EditServices): Promise<EditContent> {
  const clips = clipsInRange(project, range);
  const takes = new Map<string, ShownTake | undefined>();
  const media = new Map<MediaId, string | undefined>();
  let [emptyClips, staleClips] = [0, 0];
  for (const clip of clips.filter(({ trackId }) => project.tracks.get(trackId)?.kind === 'video')) {
    const { source } = clip;
    if (source.kind === 'shot') {
      const name = `${source.takeId} ${source.stage ?? ''}`;
      if (!takes.has(name)) takes.set(name, await shownTake(project, source, services));
      const take = takes.get(name);
      if (take === undefined) emptyClips += 1;
      else if (take.isStale) staleClips += 1;
    } else {
      await lookUp(media, project.media.get(source.mediaId), services.mediaFile);
      if (media.get(source.mediaId) === undefined) emptyClips += 1;
    }
  }
  const sounds = new Map<MediaId, string | undefined>();
  for (const { media: heard, clip } of soundsBetween(project, range.inFrame, range.outFrame)) {
    await lookUp(sounds, heard, services.soundFile);
    const isSeen = project.tracks.get(clip.trackId)?.kind === 'video';
    if (!isSeen && sounds.get(heard.id) === undefined) emptyClips += 1;
  }
  return {
    ...{ project: onlyWith(project, clips), range, emptyClips, staleClips },
    takes: [...takes.values()].filter((take) => take !== undefined),
    ...{ media: pathsOf(media), sounds: pathsOf(sounds) },
  };
}

async function lookUp(
  known: Map<MediaId, string | undefined>,
  media: Media | undefined,
  find: (media: Media) => Promise<string>,
): Promise<void> {
  if (media === undefined || known.has(media.id)) return;
  known.set(media.id, await unlessItFails(find(media)));
}

/** Throws the reason of a cancellation only. */
async function unlessItFails<T>(looking: Promise<T>): Promise<T | undefined> {
  return await looking.catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return undefined;
  });
}

function pathsOf(known: ReadonlyMap<MediaId, string | undefined>): readonly MediaPath[] {
  return [...known].flatMap(([mediaId, file]) => (file === undefined ? [] : [{ mediaId, file }]));
}

/** Of tracks that are not muted. */
function clipsInRange(project: Project, { inFrame, outFrame }: Range): readonly Clip[] {
  return [...project.tracks.values()]
    .filter(({ muted }) => !muted)
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
  const pack = await unlessItFails(services.packOf(shot.packHash));
  const clip = await unlessItFails(takeClip({ pack, shot, take }, source.stage, services));
  return clip && { takeId: take.id, wanted: source.stage, ...clip };
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
