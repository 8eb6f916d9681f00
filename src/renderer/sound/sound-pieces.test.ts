import { expect, test } from 'vitest';
import { setFade } from '#shared/project/edits/appearance';
import { addMedia } from '#shared/project/edits/media';
import { addClips } from '#shared/project/edits/place-clips';
import { setSpeed } from '#shared/project/edits/speed';
import { mediaSchema } from '#shared/project/media';
import { audio, boatClip, clipId, emptyTimeline, hashOf } from '#shared/project/project.test-fixtures';
import { chunkSec, piecesBetween, type SoundPiece } from './sound-pieces';

const song = mediaSchema.parse({
  ...{ id: 'media-song', kind: 'audio', name: 'Song', sha256: hashOf('d'), pathHint: '' },
  ...{ frames: 480_000, frameRate: { num: 48_000, den: 1 } },
});
/** From 1 to 7 s, beginning with second 0.5 of the song. */
const clip = boatClip('song', {
  ...{ source: { kind: 'media', mediaId: song.id }, trackId: audio },
  ...{ inFrame: 24_000, startFrame: 24, lengthFrames: 144 },
});
const scored = addClips(addMedia(emptyTimeline(), { media: [song] }).project, { clips: [clip] }).project;

/** Every moment of the source that is heard, in order, as [timeline, source] at the piece's ends. */
function course(pieces: readonly SoundPiece[]) {
  return pieces
    .toSorted((a, b) => a.atSec - b.atSec)
    .map(({ atSec, lengthSec, chunk, offsetSec, sourceSec }) => {
      const from = chunk * chunkSec + offsetSec;
      return [atSec, atSec + lengthSec, from, from + sourceSec];
    });
}

test('pieces follow one another without a gap, on the timeline as in the source, whatever the windows', () => {
  for (const window of [0.3, 1, 8]) {
    const pieces: SoundPiece[] = [];
    for (let from = 0; from < 9; from += window) pieces.push(...piecesBetween(scored, from, from + window));
    const heard = course(pieces);
    expect(heard[0]![0]).toBeCloseTo(1);
    expect(heard[0]![2]).toBeCloseTo(0.5);
    expect(heard.at(-1)![1]).toBeCloseTo(7);
    expect(heard.at(-1)![3]).toBeCloseTo(6.5);
    for (const [index, [at, , from]] of heard.entries()) {
      if (index === 0) continue;
      expect(at).toBeCloseTo(heard[index - 1]![1]!, 6);
      expect(from).toBeCloseTo(heard[index - 1]![3]!, 6);
    }
    for (const { offsetSec, sourceSec } of pieces) expect(offsetSec + sourceSec).toBeLessThanOrEqual(chunkSec + 1e-6);
  }
});

test('faster sound takes more of the source', () => {
  const fast = setSpeed(scored, { clipId: clipId('song'), speed: { num: 3, den: 2 }, ripple: false }).project;
  const [, to] = [course(piecesBetween(fast, 0, 9)).at(0), course(piecesBetween(fast, 0, 9)).at(-1)];
  expect(to![1]).toBeCloseTo(5);
  expect(to![3]).toBeCloseTo(6.5);
});

test('a fade is cut where pieces are, and ends in silence', () => {
  const faded = setFade(scored, { clipId: clipId('song'), fadeInFrames: 24, fadeOutFrames: 48 }).project;
  const [first] = piecesBetween(faded, 0, 1.5);
  expect(first!.gain.map(({ gain }) => gain)).toEqual([0, 0.5]);
  const last = piecesBetween(faded, 6, 8).at(-1)!;
  expect(last.gain.at(0)!.gain).toBeCloseTo(0.25);
  expect(last.gain.at(-1)).toEqual({ atSec: 7, gain: 0 });
});
