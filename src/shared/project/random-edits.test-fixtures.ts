/** Random steps on a project, for property tests. */
import fc from 'fast-check';
import type { Change } from './change';
import { endFrame } from './clip';
import type { Project } from './project';
import { markerIdSchema, mediaIdSchema, shotIdSchema, takeIdSchema, trackIdSchema } from './ids';
import { audio, base, boat, boatClip, clipId, hashOf, still, takeOne, upper, video } from './project.test-fixtures';
import { setFade, setLevels, showSource, showStage } from './edits/appearance';
import { setDissolve, removeDissolves } from './edits/dissolve';
import { addMarker, changeMarker, removeMarker, setRange } from './edits/markers';
import { addMedia, changeMedia, changeProject, removeMedia } from './edits/media';
import { moveClips } from './edits/move-clips';
import { addClips, duplicateClips, pasteClips } from './edits/place-clips';
import { closeGap, removeClips, rippleDelete } from './edits/remove-clips';
import { roll, slide, slip } from './edits/roll';
import { addShot, changeDirection, changeShot, changeStage, directShots, removeShots } from './edits/shots';
import { setSpeed } from './edits/speed';
import { split } from './edits/split';
import { addTakes, changeSeed, changeTakeStage, nextTakeNumber, noteMade, rateTakes, removeTakes } from './edits/takes';
import { addTrack, changeTrack, moveTrack, removeTrack } from './edits/tracks';
import { rippleTrim, trim } from './edits/trim';

/** A step that may or may not be possible; numbers choose what it works on and how. */
export interface RandomStep {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const randomSteps = fc.array(
  fc.record({ kind: fc.nat(35), a: fc.nat(), b: fc.nat(), c: fc.integer({ min: -60, max: 60 }) }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

/** The change of a step, or what it throws. `serial` makes new ids. */
export function randomChange(project: Project, { kind, a, b, c }: RandomStep, serial: number): Change {
  const pick = <T>(of: Iterable<T>, at: number): T => {
    const all = [...of];
    const one = all[at % Math.max(1, all.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  };
  const clip = () => pick(project.clips.values(), a);
  const take = () => pick(project.takes.values(), a);
  const marker = () => pick(project.markers.values(), a);
  const track = () => pick(project.trackOrder, a);
  const media = () => pick(project.media.values(), a);
  const shot = () => pick(project.shots.values(), a);
  const id = clipId(`n${serial}`);
  const edge = b % 2 === 0 ? 'start' : 'end';
  const kinds: (() => Change)[] = [
    () =>
      addClips(project, {
        clips: [
          boatClip(`n${serial}`, { startFrame: a % 400, lengthFrames: 1 + (b % 90), trackId: b % 2 ? video : upper }),
        ],
      }),
    () =>
      addClips(project, {
        clips: [
          boatClip(`n${serial}`, {
            startFrame: a % 400,
            lengthFrames: 1 + (b % 90),
            inFrame: b % 300,
            trackId: [video, upper, audio][b % 3]!,
            source: { kind: 'media', mediaId: media().id },
          }),
        ],
      }),
    () => duplicateClips(project, { clipIds: [clip().id], ids: [id] }),
    () =>
      pasteClips(project, {
        clips: [clip(), pick(project.clips.values(), a + 1)].slice(0, 1 + (c & 1)),
        ids: [id, clipId(`m${serial}`)].slice(0, 1 + (c & 1)),
        atFrame: b % 400,
        mode: c > 0 ? 'insert' : 'into-gap',
      }),
    () => moveClips(project, { clipIds: [clip().id], byFrames: c, byTracks: (b % 3) - 1 }),
    () => moveClips(project, { clipIds: [...new Set([clip().id, pick(project.clips.values(), b).id])], byFrames: c }),
    () => removeClips(project, { clipIds: [clip().id] }),
    () => rippleDelete(project, { clipIds: [...new Set([clip().id, pick(project.clips.values(), b).id])] }),
    () => closeGap(project, { trackId: track(), atFrame: b % 400 }),
    () =>
      trim(project, {
        clipId: clip().id,
        edge,
        toFrame: (edge === 'start' ? clip().startFrame : endFrame(clip())) + c,
      }),
    () =>
      rippleTrim(project, {
        clipId: clip().id,
        edge,
        toFrame: (edge === 'start' ? clip().startFrame : endFrame(clip())) + c,
      }),
    () => roll(project, { clipId: clip().id, byFrames: c }),
    () => slip(project, { clipId: clip().id, bySourceFrames: c }),
    () => slide(project, { clipId: clip().id, byFrames: c }),
    () =>
      split(project, {
        atFrame: clip().startFrame + (b % clip().lengthFrames),
        clips: [{ clipId: clip().id, rightId: id }],
      }),
    () => setDissolve(project, { clipId: clip().id, frames: b % 16, by: c > 0 ? 'handles' : 'ripple' }),
    () => removeDissolves(project, { clipIds: [clip().id] }),
    () => setFade(project, { clipId: clip().id, fadeInFrames: b % 20 }),
    () => setFade(project, { clipId: clip().id, fadeOutFrames: b % 20 }),
    () => setLevels(project, { clipIds: [clip().id], opacity: (b % 11) / 10 }),
    () => setSpeed(project, { clipId: clip().id, speed: { num: 1 + (b % 5), den: 1 + (a % 4) }, ripple: c > 0 }),
    () =>
      c > 0 ? showStage(project, { clipIds: [clip().id], stage: base }) : showStage(project, { clipIds: [clip().id] }),
    () =>
      showSource(project, { clipId: clip().id, source: { kind: 'shot', shotId: take().shotId, takeId: take().id } }),
    () =>
      addTrack(project, {
        track: {
          id: trackIdSchema.parse(`track-n${serial}`),
          kind: c > 0 ? 'video' : 'audio',
          name: 'T',
          muted: false,
          locked: false,
        },
        at: b % 4,
      }),
    () => removeTrack(project, { trackId: track() }),
    () => moveTrack(project, { trackId: track(), to: b % project.trackOrder.length }),
    () => changeTrack(project, { trackId: track(), locked: c > 40, muted: c < 0 }),
    () =>
      addMarker(project, {
        marker: { id: markerIdSchema.parse(`marker-n${serial}`), frame: a % 500, name: 'M', colour: 'red' },
      }),
    () =>
      c > 0
        ? changeMarker(project, { markerId: marker().id, frame: b % 500 })
        : removeMarker(project, { markerId: marker().id }),
    () => (c > 0 ? setRange(project, { range: { inFrame: a % 100, outFrame: b % 200 } }) : setRange(project, {})),
    () =>
      addShot(project, {
        shot: { ...boat, id: shotIdSchema.parse(`shot-n${serial}`), frames: 1 + (a % 128) },
        takes: [
          { ...takeOne, id: takeIdSchema.parse(`take-n${serial}`), shotId: shotIdSchema.parse(`shot-n${serial}`) },
        ],
      }),
    () =>
      c > 30
        ? changeDirection(project, { shotId: shot().id, direction: { negativePrompt: `no ${b}` } })
        : c > 0
          ? directShots(project, {
              shots: [
                { shotId: shot().id, stages: { [base]: { steps: 1 + (b % 64) } }, ...(c > 15 && { stopAt: base }) },
              ],
            })
          : changeStage(project, {
              shotId: shot().id,
              stage: base,
              ...(c > -30 ? { overrides: { steps: 1 + (b % 64) } } : {}),
            }),
    () =>
      c > 0
        ? removeShots(project, { shotIds: [shot().id] })
        : changeShot(project, { shotId: shot().id, frames: 1 + (b % 200) }),
    () =>
      c > 0
        ? addTakes(project, {
            takes: [
              {
                ...takeOne,
                shotId: shot().id,
                id: takeIdSchema.parse(`take-m${serial}`),
                seed: b,
                number: nextTakeNumber(project, shot().id),
              },
            ],
          })
        : changeSeed(project, { takeId: take().id, seed: b }),
    () =>
      c > 20
        ? rateTakes(project, { takeIds: [take().id], rating: b % 6 })
        : c > 0
          ? noteMade(project, { takeId: take().id, made: { stage: base, key: hashOf(String(b % 10)) } })
          : c > -20
            ? removeTakes(project, { takeIds: [take().id] })
            : changeTakeStage(project, { takeId: take().id, stage: base, overrides: { seed: b } }),
    () =>
      c > 20
        ? addMedia(project, { media: [{ ...still, id: mediaIdSchema.parse(`media-n${serial}`) }] })
        : c > 0
          ? removeMedia(project, { mediaId: media().id })
          : c > -30
            ? changeMedia(project, { mediaId: media().id, name: `M ${b}` })
            : changeProject(project, { title: `T ${b}` }),
  ];
  return kinds[kind % kinds.length]!();
}
