/**
 * What must hold in a project beyond the shape of its parts. Each problem is a sentence for people.
 *
 * The checks take the clips, tracks and takes to look at: all of them when a project is opened, the touched ones after an edit.
 */
import { SluiceError } from '../errors';
import { checkTrack } from './check-track';
import type { Clip } from './clip';
import type { TrackId } from './ids';
import { clipsOfTrack } from './order';
import { collections, type Project } from './project';
import { longestLength, sourceGrid } from './source';

/** Empty if all is well. */
export function checkProject(project: Project): readonly string[] {
  return [
    ...checkTrackOrder(project),
    ...checkKeys(project),
    ...checkShots(project),
    ...checkClips(project, project.clips.values()),
    ...checkTracks(project, project.tracks.keys()),
  ];
}

/** Throws `project-invalid` with the first problems. */
export function assertProject(project: Project): void {
  const problems = checkProject(project);
  if (problems.length > 0)
    throw new SluiceError(
      'project-invalid',
      `The project “${project.title}” contradicts itself: ${problems.slice(0, 3).join(' ')}`,
      { details: { project: project.id, problems: problems.length } },
    );
}

export function checkTrackOrder(project: Project): readonly string[] {
  const named = new Set(project.trackOrder);
  const whole = named.size === project.trackOrder.length && named.size === project.tracks.size;
  if (whole && project.trackOrder.every((id) => project.tracks.has(id))) return [];
  return [`The order of tracks must name each of the ${project.tracks.size} tracks once.`];
}

function checkKeys(project: Project): readonly string[] {
  return collections.flatMap((name) =>
    [...project[name]].filter(([key, entity]) => key !== entity.id).map(([key]) => `${key} is filed under another id.`),
  );
}

/** Every shot has a take, every take its shot, and takes of a shot are numbered without repetition. */
export function checkShots(project: Project): readonly string[] {
  const problems: string[] = [];
  const withTake = new Set<string>();
  const numbers = new Set<string>();
  for (const take of project.takes.values()) {
    const number = `${take.shotId} ${take.number}`;
    if (!project.shots.has(take.shotId))
      problems.push(`Take ${take.id} belongs to ${take.shotId}, which does not exist.`);
    if (numbers.has(number)) problems.push(`Two takes of ${take.shotId} have the number ${take.number}.`);
    if (new Set(take.made.map((made) => made.stage)).size < take.made.length)
      problems.push(`Take ${take.id} lists a stage twice.`);
    numbers.add(number);
    withTake.add(take.shotId);
  }
  for (const shot of project.shots.values())
    if (!withTake.has(shot.id)) problems.push(`The shot “${shot.name}” has no take: a shot keeps at least one.`);
  return problems;
}

/** Their references exist, fit one another, and hold enough frames. */
export function checkClips(project: Project, clips: Iterable<Clip>): readonly string[] {
  const problems: string[] = [];
  for (const clip of clips) {
    const problem = referenceProblem(project, clip) ?? rangeProblem(project, clip);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

export function checkTracks(project: Project, tracks: Iterable<TrackId>): readonly string[] {
  return [...tracks].flatMap((id) => checkTrack(clipsOfTrack(project, id)));
}

function referenceProblem(project: Project, clip: Clip): string | undefined {
  const track = project.tracks.get(clip.trackId);
  if (track === undefined) return `Clip ${clip.id} lies on ${clip.trackId}, which does not exist.`;
  const { source } = clip;
  if (source.kind === 'shot') {
    if (!project.shots.has(source.shotId)) return `Clip ${clip.id} shows ${source.shotId}, which does not exist.`;
    if (project.takes.get(source.takeId)?.shotId !== source.shotId)
      return `Clip ${clip.id} shows ${source.takeId}, which is no take of ${source.shotId}.`;
    return track.kind === 'video' ? undefined : `Clip ${clip.id} shows a shot on the audio track “${track.name}”.`;
  }
  const media = project.media.get(source.mediaId);
  if (media === undefined) return `Clip ${clip.id} shows ${source.mediaId}, which does not exist.`;
  const heard = media.kind === 'audio' || (media.kind === 'video' && media.hasAudio);
  if (track.kind === 'audio' && !heard) return `“${media.name}” has no sound for the audio track “${track.name}”.`;
  if (track.kind === 'video' && media.kind === 'audio')
    return `“${media.name}” has no picture for the video track “${track.name}”.`;
  return undefined;
}

function rangeProblem(project: Project, clip: Clip): string | undefined {
  const longest = longestLength(project, clip);
  if (clip.lengthFrames <= longest) return undefined;
  const frames = sourceGrid(project, clip.source)?.frames ?? 0;
  return `Clip ${clip.id} needs ${clip.lengthFrames} frames from source frame ${clip.inFrame} on; the source has ${frames}, enough for ${Math.max(0, longest)}.`;
}
