/** Projects for tests: a small one to read, a busy one for random edits, a large one to measure. */
import { directionSchema, projectShotSchema, takeSchema, type ProjectShot, type Take } from './project-shot';
import { clipSchema, type Clip } from './clip';
import { newProject, type Project } from './project';
import { clipIdSchema, markerIdSchema, projectIdSchema, shotIdSchema, takeIdSchema, trackIdSchema } from './ids';
import { mediaSchema } from './media';
import { stageIdSchema } from '../pack-manifest';
import { sha256Schema } from '../units';
import { addMedia } from './edits/media';
import { setDissolve } from './edits/dissolve';
import { addMarker } from './edits/markers';
import { addClips } from './edits/place-clips';
import { addShot } from './edits/shots';
import { addTakes } from './edits/takes';
import { addTrack } from './edits/tracks';

export const hashOf = (digit: string) => sha256Schema.parse(digit.repeat(64).slice(0, 64));
export const video = trackIdSchema.parse('track-v1');
export const upper = trackIdSchema.parse('track-v2');
export const audio = trackIdSchema.parse('track-a1');
export const boatId = shotIdSchema.parse('shot-boat');
export const takeOneId = takeIdSchema.parse('take-boat1');
export const base = stageIdSchema.parse('base');

/** 128 frames at 24 a second, as the starter pack makes them. */
export const boat: ProjectShot = projectShotSchema.parse({
  id: boatId,
  name: 'Boat',
  packHash: hashOf('a'),
  frames: 128,
  frameRate: { num: 24, den: 1 },
  direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt: 'a red boat' }] }),
});
export const takeOne: Take = takeSchema.parse({
  id: takeOneId,
  shotId: boatId,
  number: 1,
  seed: 7,
  stages: {},
  rating: 0,
  made: [],
});

export const clipId = (name: string) => clipIdSchema.parse(`clip-${name}`);

/** A clip of the boat; 24 frames from source frame 24 on, unless told otherwise. */
export function boatClip(name: string, fields: Partial<Clip> = {}): Clip {
  return clipSchema.parse({
    id: clipId(name),
    trackId: video,
    startFrame: 0,
    lengthFrames: 24,
    inFrame: 24,
    speed: { num: 1, den: 1 },
    opacity: 1,
    volume: 1,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    dissolveInFrames: 0,
    source: { kind: 'shot', shotId: boatId, takeId: takeOneId },
    ...fields,
  });
}

export const film = mediaSchema.parse({
  id: 'media-film',
  kind: 'video',
  name: 'Film',
  sha256: hashOf('b'),
  pathHint: '',
  frames: 300,
  frameRate: { num: 30000, den: 1001 },
  size: { height: 720, width: 1280 },
  hasAudio: true,
});
export const still = mediaSchema.parse({
  id: 'media-still',
  kind: 'image',
  name: 'Still',
  sha256: hashOf('c'),
  pathHint: '',
  size: { height: 600, width: 800 },
});

/** Two video tracks and one for sound, a shot with a take, a film and a still; no clips. */
export function emptyTimeline(): Project {
  const track = { muted: false, locked: false };
  const project = newProject({
    id: projectIdSchema.parse('project-test'),
    title: 'Test',
    tracks: [
      { id: audio, kind: 'audio', name: 'A1', ...track },
      { id: video, kind: 'video', name: 'V1', ...track },
      { id: upper, kind: 'video', name: 'V2', ...track },
    ],
  });
  const withShot = addShot(project, { shot: boat, takes: [takeOne] }).project;
  return addMedia(withShot, { media: [film, still] }).project;
}

/** `names` one behind the other on the first video track, each 24 frames. */
export function withClips(...names: string[]): Project {
  const clips = names.map((name, index) => boatClip(name, { startFrame: index * 24 }));
  return addClips(emptyTimeline(), { clips }).project;
}

/** `count` clips spread over `tracks` video tracks. */
export function largeProject(count: number, tracks: number): Project {
  const ids = Array.from({ length: tracks }, (_, at) => trackIdSchema.parse(`track-x${at}`));
  let project = emptyTimeline();
  for (const [at, id] of ids.entries())
    project = addTrack(project, { track: { id, kind: 'video', name: `X${at}`, muted: false, locked: false } }).project;
  const clips = Array.from({ length: count }, (_, at) =>
    boatClip(`x${at}`, { trackId: ids[at % tracks]!, startFrame: Math.floor(at / tracks) * 30 }),
  );
  return addClips(project, { clips }).project;
}

/** Four clips and a gap, two takes, a spare shot and a marker: something for every kind of edit to work on. */
export function busyTimeline(): Project {
  const shotId = shotIdSchema.parse('shot-spare');
  const spareTake = { ...takeOne, id: takeIdSchema.parse('take-spare1'), shotId };
  const marker = { id: markerIdSchema.parse('marker-one'), frame: 10, name: 'One', colour: 'red' as const };
  let project = withClips('a', 'b', 'c', 'd');
  project = addClips(project, { clips: [boatClip('e', { startFrame: 120 })] }).project;
  project = addTakes(project, { takes: [{ ...takeOne, id: takeIdSchema.parse('take-boat2'), number: 2 }] }).project;
  project = addShot(project, { shot: { ...boat, id: shotId }, takes: [spareTake] }).project;
  return addMarker(project, { marker }).project;
}

/** The busy timeline with enough clips behind one another, two of them dissolving, that ripples move whole runs. */
export function crowdedTimeline(): Project {
  const row = Array.from({ length: 80 }, (_, at) =>
    boatClip(`r${at}`, { trackId: at < 40 ? video : upper, startFrame: 200 + (at % 40) * 24 }),
  );
  const project = addClips(busyTimeline(), { clips: row }).project;
  return setDissolve(project, { clipId: clipId('r12'), frames: 5, by: 'ripple' }).project;
}
