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
  /** One for each seed. */
  readonly takes: readonly TakeId[];
  readonly clip: Clip['id'];
  readonly track: Track['id'];
}

export function newShotIds(takes: number): NewShotIds {
  const takeIds = Array.from({ length: takes }, newTakeId);
  return { shot: newShotId(), takes: takeIds, clip: newClipId(), track: newTrackId() };
}

export interface ShotWords {
  readonly prompt: string;
  /** Of its takes; at least one. */
  readonly seeds: readonly number[];
  readonly pack: { readonly hash: Sha256; readonly manifest: PackManifest };
}

const nameLength = 60;

/** Behind the last clip of the lowest video track that is not locked; there is a new track where there is none. */
export function shotAdded(project: Project, words: ShotWords, ids: NewShotIds): Change {
  const shot = shotOf(words, ids.shot);
  const takes = ids.takes.map((id, index) => firstTake(shot, id, index + 1, words.seeds[index] ?? 0));
  const free = project.trackOrder
    .map((id) => project.tracks.get(id))
    .find((track) => track?.kind === 'video' && !track.locked);
  const track: Track = free ?? { id: ids.track, kind: 'video', name: 'V1', muted: false, locked: false };
  return inOneStep(project, 'add-shot', [
    ...(free === undefined ? [(at: Project) => addTrack(at, { track })] : []),
    (at) => addShot(at, { shot, takes, clip: wholeClip(at, shot, { id: ids.takes[0] ?? newTakeId() }, ids, track) }),
  ]);
}

/** As the pack makes it when it is told nothing but the prompt. */
export function shotOf({ prompt, pack }: Omit<ShotWords, 'seeds'>, id: ProjectShot['id']): ProjectShot {
  const last = pack.manifest.stages.at(-1);
  return {
    id,
    name: nameOf(prompt),
    packHash: pack.hash,
    frames: last?.output.frames ?? 1,
    frameRate: frameRateOf(last?.output.fps ?? 24),
    direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt }] }),
  };
}

export function firstTake(shot: ProjectShot, id: TakeId, number: number, seed: number): Take {
  return { id, shotId: shot.id, number, seed, stages: {}, rating: 0, made: [] };
}

/** All frames of a shot, at the end of a track. */
export function wholeClip(
  project: Project,
  shot: ProjectShot,
  { id: takeId }: Pick<Take, 'id'>,
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
    source: { kind: 'shot', shotId: shot.id, takeId },
  };
}

/** A whole number of frames per second as it is; others (23.976) in thousand-and-firsts. */
function frameRateOf(fps: number): FrameRate {
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
