import { expect, test } from 'vitest';
import { setFade, setLevels } from '../project/edits/appearance';
import { setDissolve } from '../project/edits/dissolve';
import { addMedia } from '../project/edits/media';
import { addClips } from '../project/edits/place-clips';
import { setSpeed } from '../project/edits/speed';
import { changeTrack } from '../project/edits/tracks';
import { mediaSchema } from '../project/media';
import { audio, boatClip, clipId, emptyTimeline, film, hashOf, still, video } from '../project/project.test-fixtures';
import { gainAt, soundsBetween } from './sounds';

const song = mediaSchema.parse({
  ...{ id: 'media-song', kind: 'audio', name: 'Song', sha256: hashOf('d'), pathHint: '' },
  ...{ frames: 441_000, frameRate: { num: 44_100, den: 1 } },
});
const of = (mediaId: typeof song.id) => ({ kind: 'media', mediaId }) as const;

function scored() {
  const project = addMedia(emptyTimeline(), { media: [song] }).project;
  const clips = [
    boatClip('film', { source: of(film.id), inFrame: 30, startFrame: 24, lengthFrames: 48 }),
    boatClip('film2', { source: of(film.id), inFrame: 60, startFrame: 72, lengthFrames: 48 }),
    boatClip('song', { source: of(song.id), trackId: audio, inFrame: 22_050, startFrame: 0, lengthFrames: 96 }),
    boatClip('still', { source: of(still.id), inFrame: 0, startFrame: 200, lengthFrames: 10 }),
    boatClip('shot', { startFrame: 220 }),
  ];
  return addClips(project, { clips }).project;
}
const named = (sounds: ReturnType<typeof soundsBetween>) => sounds.map(({ clip }) => clip.id);

test('films are heard on their tracks, sound on its own, pictures and shots not at all', () => {
  const project = scored();
  expect(named(soundsBetween(project, 0, 400))).toEqual(['song', 'film', 'film2'].map(clipId));
  expect(named(soundsBetween(project, 96, 100))).toEqual([clipId('film2')]);
  const [heard] = soundsBetween(project, 0, 1);
  expect(heard).toMatchObject({ startSec: 0, endSec: 4, sourceSec: 0.5, speed: 1 });
  const [seen] = soundsBetween(project, 24, 25).filter(({ media }) => media.id === film.id);
  expect(seen).toMatchObject({ startSec: 1, endSec: 3, sourceSec: (30 * 1001) / 30_000 });
});

test('muted tracks and volume 0 are silent', () => {
  const muted = changeTrack(scored(), { trackId: video, muted: true }).project;
  expect(named(soundsBetween(muted, 0, 400))).toEqual([clipId('song')]);
  const quiet = setLevels(muted, { clipIds: [clipId('song')], volume: 0 }).project;
  expect(soundsBetween(quiet, 0, 400)).toEqual([]);
});

test('fades are straight lines, and behind a clip is silence', () => {
  let project = setLevels(scored(), { clipIds: [clipId('song')], volume: 0.5 }).project;
  project = setFade(project, { clipId: clipId('song'), fadeInFrames: 24, fadeOutFrames: 48 }).project;
  const [heard] = soundsBetween(project, 0, 1);
  const gains = [-0.1, 0, 0.5, 1, 1.5, 2, 3, 3.999, 4].map((sec) => gainAt(heard!, sec));
  for (const [index, gain] of [0, 0, 0.25, 0.5, 0.5, 0.5, 0.25, 0.00025, 0].entries())
    expect(gains[index]).toBeCloseTo(gain, 4);
});

test('in a dissolve one goes as the other comes', () => {
  const { project } = setDissolve(scored(), { clipId: clipId('film2'), frames: 12, by: 'ripple' });
  const [before, after] = soundsBetween(project, 0, 400).filter(({ media }) => media.id === film.id);
  const middle = (after!.startSec + before!.endSec) / 2;
  expect(before!.endSec - after!.startSec).toBeCloseTo(0.5);
  for (const sec of [after!.startSec + 0.01, middle, before!.endSec - 0.01])
    expect(gainAt(before!, sec) + gainAt(after!, sec)).toBeCloseTo(1);
  expect(gainAt(before!, middle)).toBeCloseTo(0.5);
});

test('a clip that plays twice as fast takes its sound along', () => {
  const { project } = setSpeed(scored(), { clipId: clipId('song'), speed: { num: 2, den: 1 }, ripple: false });
  expect(soundsBetween(project, 0, 1)[0]).toMatchObject({ speed: 2, startSec: 0, endSec: 2 });
});
