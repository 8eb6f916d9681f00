/** From words to a shot with its first take, placed on the timeline. Pure: ids and seed come from outside. */
import type { PackManifest } from '#shared/pack-manifest';
import { inOneStep, type Change } from '#shared/project/change';
import { endFrame, type Clip } from '#shared/project/clip';
import { addShot } from '#shared/project/edits/shots';
import { addTrack } from '#shared/project/edits/tracks';
import { newClipId, newShotId, newTakeId, newTrackId, type TakeId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import { directionSchema, type ProjectShot, type Take } from '#shared/project/project-shot';
import type { Project } from '#shared/project/project';
import { normalSpeed, type FrameRate } from '#shared/project/time';
import type { Track } from '#shared/project/track';
import type { Sha256 } from '#shared/units';

export interface NewShotIds {
  readonly shot: ProjectShot['id'];
  readonly take: TakeId;
  readonly clip: Clip['id'];
  readonly track: Track['id'];
}

export function newShotIds(): NewShotIds {
  return { shot: newShotId(), take: newTakeId(), clip: newClipId(), track: newTrackId() };
}

export interface ShotWords {
  readonly prompt: string;
  readonly seed: number;
  readonly pack: { readonly hash: Sha256; readonly manifest: PackManifest };
}

const nameLength = 60;

/** Behind the last clip of the lowest video track that is not locked; there is a new track where there is none. */
export function shotAdded(project: Project, { prompt, seed, pack }: ShotWords, ids: NewShotIds): Change {
  const last = pack.manifest.stages.at(-1);
  const shot: ProjectShot = {
    id: ids.shot,
    name: nameOf(prompt),
    packHash: pack.hash,
    frames: last?.output.frames ?? 1,
    frameRate: frameRateOf(last?.output.fps ?? 24),
    direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt }] }),
  };
  const take: Take = { id: ids.take, shotId: ids.shot, number: 1, seed, stages: {}, rating: 0, made: [] };
  const free = project.trackOrder
    .map((id) => project.tracks.get(id))
    .find((track) => track?.kind === 'video' && !track.locked);
  const track: Track = free ?? { id: ids.track, kind: 'video', name: 'V1', muted: false, locked: false };
  return inOneStep(project, 'add-shot', [
    ...(free === undefined ? [(at: Project) => addTrack(at, { track })] : []),
    (at) => addShot(at, { shot, takes: [take], clip: wholeClip(at, shot, take, ids, track) }),
  ]);
}

/** All frames of a shot, at the end of a track. */
export function wholeClip(
  project: Project,
  shot: ProjectShot,
  take: Take,
  ids: Pick<NewShotIds, 'clip'>,
  track: Track,
): Clip {
  const { num, den } = project.frameRate;
  const seconds = (shot.frames * shot.frameRate.den) / shot.frameRate.num;
  return {
    id: ids.clip,
    trackId: track.id,
    startFrame: Math.max(0, ...clipsOfTrack(project, track.id).slice(-1).map(endFrame)),
    lengthFrames: Math.max(1, Math.floor((seconds * num) / den + 1e-9)),
    inFrame: 0,
    speed: normalSpeed,
    opacity: 1,
    volume: 1,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    dissolveInFrames: 0,
    source: { kind: 'shot', shotId: shot.id, takeId: take.id },
  };
}

/** A whole number of frames per second as it is; others (23.976) in thousand-and-firsts. */
export function frameRateOf(fps: number): FrameRate {
  return Number.isInteger(fps) ? { num: fps, den: 1 } : { num: Math.round(fps * 1001), den: 1001 };
}

/** The prompt itself, up to a word's end. */
function nameOf(prompt: string): string {
  const line = prompt.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= nameLength) return line;
  return `${line.slice(0, nameLength).replace(/ [^ ]*$/, '')}…`;
}

/** 32 random bits: short enough to read out, enough that no two takes meet. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
