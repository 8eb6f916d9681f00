import { expect, test } from 'vitest';
import { clipsOfTrack } from '#shared/project/order';
import { changeTrack } from '#shared/project/edits/tracks';
import { addMedia } from '#shared/project/edits/media';
import { newTrackId } from '#shared/project/ids';
import { mediaSchema } from '#shared/project/media';
import {
  audio,
  clipId,
  emptyTimeline,
  film,
  hashOf,
  still,
  upper,
  video,
  withClips,
} from '#shared/project/project.test-fixtures';
import { soundDetached } from './detach-sound';
import { mediaPlaced } from './place-media';

const song = mediaSchema.parse({
  ...{ id: 'media-song', kind: 'audio', name: 'Song', sha256: hashOf('d'), pathHint: '' },
  ...{ frames: 44_100 * 3, frameRate: { num: 44_100, den: 1 } },
});
const ids = () => ({ clip: clipId('new'), track: newTrackId() });
const place = (project: ReturnType<typeof emptyTimeline>, media: typeof film, more = {}) =>
  mediaPlaced(project, { media, atFrame: 0, ids: ids(), ...more }).project;
const clipOf = (project: ReturnType<typeof emptyTimeline>) => project.clips.get(clipId('new'))!;

test('a film is as long as it lasts, a still five seconds, and sound goes to its own track', () => {
  // 300 frames at 29.97 a second last 10.01 s.
  expect(clipOf(place(emptyTimeline(), film))).toMatchObject({ trackId: video, lengthFrames: 241, inFrame: 0 });
  expect(clipOf(place(emptyTimeline(), still))).toMatchObject({ trackId: video, lengthFrames: 120 });
  const scored = addMedia(emptyTimeline(), { media: [song] }).project;
  expect(clipOf(place(scored, song, { atFrame: 10.4 }))).toMatchObject({
    trackId: audio,
    lengthFrames: 72,
    startFrame: 10,
  });
});

test('it goes where it was dropped, and where there is no room to the next track that has some', () => {
  const busy = withClips('a', 'b');
  expect(clipOf(place(busy, still, { trackId: upper })).trackId).toBe(upper);
  expect(clipOf(place(busy, still, { trackId: video, atFrame: 24 })).trackId).toBe(upper);
  expect(clipOf(place(busy, still, { trackId: video, atFrame: 48 })).trackId).toBe(video);
  expect(clipOf(place(busy, still, { trackId: audio, atFrame: 48 })).trackId).toBe(video);
});

test('where no track has room or all are locked there is a new one, in the same step', () => {
  const locked = changeTrack(withClips('a'), { trackId: upper, locked: true }).project;
  const change = mediaPlaced(locked, { media: still, atFrame: 0, ids: ids() });
  const track = change.project.tracks.get(clipOf(change.project).trackId);
  expect(track).toMatchObject({ kind: 'video', name: 'V3' });
  expect(change.label).toBe('add-clips');
  const scored = addMedia(changeTrack(locked, { trackId: audio, locked: true }).project, { media: [song] }).project;
  const heard = place(scored, song);
  expect(heard.trackOrder[0]).toBe(clipOf(heard).trackId);
  expect(clipsOfTrack(heard, heard.trackOrder[0]!)).toHaveLength(1);
});

test('detached sound lies under its film and nothing else of it changes', () => {
  const project = place(emptyTimeline(), film, { atFrame: 12 });
  const ids = () => ({ clip: clipId('sound'), track: newTrackId() });
  const change = soundDetached(project, [...project.clips.values()], ids);
  const [seen, heard] = [clipOf(change.project), change.project.clips.get(clipId('sound'))!];
  expect(seen).toMatchObject({ volume: 0, trackId: video });
  expect(heard).toMatchObject({ ...seen, id: heard.id, volume: 1, trackId: audio });
  expect(soundDetached(change.project, [seen, heard], ids).patches).toEqual([]);
});
