/** What each edit does to the clips around it, frame by frame. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../change';
import { endFrame } from '../clip';
import type { Project } from '../project';
import { sourceFrameAt, sourceRange } from '../source';
import { audio, boatClip, clipId, emptyTimeline, film, still, upper, video, withClips } from '../project.test-fixtures';
import { clipsOfTrack } from '../order';
import { setFade } from './appearance';
import { clipOf } from './change-clips';
import { removeDissolves, setDissolve } from './dissolve';
import { moveClips } from './move-clips';
import { addClips, duplicateClips, pasteClips } from './place-clips';
import { closeGap, removeClips, rippleDelete } from './remove-clips';
import { roll, slide, slip } from './roll';
import { setSpeed } from './speed';
import { split } from './split';
import { changeTrack } from './tracks';
import { rippleTrim, trim } from './trim';

/** The first video track, as `name start-end @in`. */
function picture({ project }: Pick<Change, 'project'>, track = video): string {
  return clipsOfTrack(project, track)
    .map((clip) => {
      const dissolve = clip.dissolveInFrames > 0 ? ` ~${clip.dissolveInFrames}` : '';
      return `${clip.id.slice(5)} ${clip.startFrame}-${endFrame(clip)} @${clip.inFrame}${dissolve}`;
    })
    .join(', ');
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(clipId) as [never, never, never, never];
const abc = withClips('a', 'b', 'c');
const gapped = moveClips(abc, { clipIds: [c], byFrames: 10 }).project;
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) as string }) as Error;

it('starts from three clips in a row', () => {
  expect(picture({ project: abc })).toBe('a 0-24 @24, b 24-48 @24, c 48-72 @24');
});

describe('trim', () => {
  it.each([
    [{ clipId: b, edge: 'start', toFrame: 30 }, 'a 0-24 @24, b 30-48 @30, c 48-72 @24'],
    [{ clipId: b, edge: 'end', toFrame: 40 }, 'a 0-24 @24, b 24-40 @24, c 48-72 @24'],
    [{ clipId: a, edge: 'end', toFrame: 1 }, 'a 0-1 @24, b 24-48 @24, c 48-72 @24'],
  ] as const)('%o', (args, expected) => {
    expect(picture(trim(abc, args))).toBe(expected);
  });

  it('undoes itself in the other direction', () => {
    const { project } = trim(abc, { clipId: b, edge: 'start', toFrame: 30 });
    expect(trim(project, { clipId: b, edge: 'start', toFrame: 24 }).project).toEqual(abc);
  });

  it.each([
    [{ clipId: b, edge: 'start', toFrame: 20 }, /cover 4 frames of clip-a/],
    [{ clipId: b, edge: 'end', toFrame: 24 }, /0 frames/],
    [{ clipId: c, edge: 'end', toFrame: 48 + 105 }, /needs 105 frames.*has 128, enough for 104/],
    [{ clipId: a, edge: 'start', toFrame: -1 }, /starts at 0/],
  ] as const)('refuses %o', (args, message) => {
    expect(() => trim(abc, args)).toThrow(refusal(message));
  });

  it('stops where the source starts', () => {
    const moved = moveClips(abc, { clipIds: [a, b, c], byFrames: 40 }).project;
    expect(picture(trim(moved, { clipId: a, edge: 'start', toFrame: 16 }))).toContain('a 16-64 @0');
    expect(() => trim(moved, { clipId: a, edge: 'start', toFrame: 15 })).toThrow(refusal(/only 24 frames/));
  });
});

it.each([
  [{ clipId: b, edge: 'start', toFrame: 30 }, 'a 0-24 @24, b 24-42 @30, c 52-76 @24'],
  [{ clipId: b, edge: 'end', toFrame: 58 }, 'a 0-24 @24, b 24-58 @24, c 68-92 @24'],
] as const)('ripple trim %o moves what follows, gap and all', (args, expected) => {
  expect(picture(rippleTrim(gapped, args))).toBe(expected);
});

describe('what keeps the length of the whole', () => {
  it('rolls the cut before a clip', () => {
    expect(picture(roll(abc, { clipId: b, byFrames: 5 }))).toBe('a 0-29 @24, b 29-48 @29, c 48-72 @24');
    expect(picture(roll(abc, { clipId: b, byFrames: -5 }))).toBe('a 0-19 @24, b 19-48 @19, c 48-72 @24');
    expect(() => roll(gapped, { clipId: c, byFrames: 1 })).toThrow(refusal(/no cut/));
    expect(() => roll(abc, { clipId: a, byFrames: 1 })).toThrow(refusal(/no cut/));
    expect(() => roll(abc, { clipId: b, byFrames: 24 })).toThrow(refusal(/0 frames/));
  });

  it('slips the source under a clip', () => {
    expect(picture(slip(abc, { clipId: b, bySourceFrames: -24 }))).toBe('a 0-24 @24, b 24-48 @0, c 48-72 @24');
    expect(() => slip(abc, { clipId: b, bySourceFrames: -25 })).toThrow(refusal(/cannot slip/));
    expect(() => slip(abc, { clipId: b, bySourceFrames: 81 })).toThrow(refusal(/the source has 128/));
  });

  it('slides a clip between its neighbours', () => {
    expect(picture(slide(abc, { clipId: b, byFrames: 6 }))).toBe('a 0-30 @24, b 30-54 @24, c 54-72 @30');
    expect(picture(slide(gapped, { clipId: c, byFrames: 6 }))).toBe('a 0-24 @24, b 24-48 @24, c 64-88 @24');
    expect(() => slide(gapped, { clipId: b, byFrames: 20 })).toThrow(refusal(/cover 10 frames of clip-b/));
  });
});

describe('removing', () => {
  it('leaves a gap, or closes it', () => {
    expect(picture(removeClips(abc, { clipIds: [b] }))).toBe('a 0-24 @24, c 48-72 @24');
    expect(picture(rippleDelete(abc, { clipIds: [b] }))).toBe('a 0-24 @24, c 24-48 @24');
    expect(picture(rippleDelete(gapped, { clipIds: [a, b] }))).toBe('c 10-34 @24');
  });

  it('draws together clips that dissolved into the one removed', () => {
    const dissolved = setDissolve(abc, { clipId: b, frames: 8, by: 'handles' }).project;
    const both = setDissolve(dissolved, { clipId: c, frames: 4, by: 'handles' }).project;
    expect(picture({ project: both })).toBe('a 0-28 @24, b 20-50 @20 ~8, c 46-72 @22 ~4');
    expect(picture(rippleDelete(both, { clipIds: [b] }))).toBe('a 0-28 @24, c 28-54 @22');
  });

  it('closes a gap, and says where there is none', () => {
    expect(picture(closeGap(gapped, { trackId: video, atFrame: 50 }))).toBe(picture({ project: abc }));
    const late = moveClips(abc, { clipIds: [a, b, c], byFrames: 10 }).project;
    expect(picture(closeGap(late, { trackId: video, atFrame: 0 }))).toBe(picture({ project: abc }));
    expect(() => closeGap(abc, { trackId: video, atFrame: 30 })).toThrow(refusal(/no gap/));
    expect(() => closeGap(abc, { trackId: video, atFrame: 99 })).toThrow(refusal(/no gap/));
  });
});

describe('placing', () => {
  it('duplicates behind itself and makes room', () => {
    expect(picture(duplicateClips(abc, { clipIds: [a], ids: [d] }))).toBe(
      'a 0-24 @24, d 24-48 @24, b 48-72 @24, c 72-96 @24',
    );
  });

  it('pastes into a gap, or inserts', () => {
    const copied = [clipOf(abc, a), clipOf(abc, b)];
    const ids = [d, clipId('e')];
    expect(picture(pasteClips(abc, { clips: copied, ids, atFrame: 80, mode: 'into-gap' }))).toContain(
      'd 80-104 @24, e 104-128 @24',
    );
    expect(() => pasteClips(abc, { clips: copied, ids, atFrame: 60, mode: 'into-gap' })).toThrow(refusal(/cover/));
    expect(picture(pasteClips(abc, { clips: copied, ids, atFrame: 24, mode: 'insert' }))).toBe(
      'a 0-24 @24, d 24-48 @24, e 48-72 @24, b 72-96 @24, c 96-120 @24',
    );
    expect(() => pasteClips(abc, { clips: copied, ids, atFrame: 30, mode: 'insert' })).toThrow(refusal(/cover/));
    expect(() => pasteClips(abc, { clips: copied, ids: [a, b], atFrame: 80, mode: 'into-gap' })).toThrow(
      refusal(/new id/),
    );
  });

  it('moves in time and between tracks, not under others', () => {
    expect(picture(moveClips(abc, { clipIds: [b], byFrames: 100, byTracks: 1 }), upper)).toBe('b 124-148 @24');
    expect(() => moveClips(abc, { clipIds: [b], byFrames: 5 })).toThrow(refusal(/cover 5 frames of clip-b/));
    expect(() => moveClips(abc, { clipIds: [a], byFrames: -1 })).toThrow(refusal(/starts at 0/));
    expect(() => moveClips(abc, { clipIds: [a], byFrames: 0, byTracks: 2 })).toThrow(refusal(/no track/));
    expect(() => moveClips(abc, { clipIds: [a], byFrames: 0, byTracks: -1 })).toThrow(
      refusal(/shot on the audio track/),
    );
  });

  it('swaps clips that move at once', () => {
    const ahead = moveClips(abc, { clipIds: [b, c], byFrames: 24 }).project;
    const behind = moveClips(ahead, { clipIds: [a], byFrames: 24 }).project;
    expect(picture({ project: behind })).toBe('a 24-48 @24, b 48-72 @24, c 72-96 @24');
  });
});

describe('a split', () => {
  it('shows the same frames before and after', () => {
    const { project } = split(abc, { atFrame: 31, clips: [{ clipId: b, rightId: d }] });
    expect(picture({ project })).toBe('a 0-24 @24, b 24-31 @24, d 31-48 @31, c 48-72 @24');
    for (let frame = 24; frame < 48; frame += 1)
      expect(sourceFrameAt(project, clipOf(project, frame < 31 ? b : d), frame)).toBe(
        sourceFrameAt(abc, clipOf(abc, b), frame),
      );
  });

  it('keeps the dissolves of both halves', () => {
    const before = setDissolve(abc, { clipId: b, frames: 6, by: 'handles' }).project;
    const both = setDissolve(before, { clipId: c, frames: 6, by: 'handles' }).project;
    expect(picture(split(both, { atFrame: 36, clips: [{ clipId: b, rightId: d }] }))).toBe(
      'a 0-27 @24, b 21-36 @21 ~6, d 36-51 @36, c 45-72 @21 ~6',
    );
    expect(() => split(both, { atFrame: 24, clips: [{ clipId: b, rightId: d }] })).toThrow(refusal(/28 to 44/));
  });

  it('is refused at the edges and with an id that is taken', () => {
    expect(() => split(abc, { atFrame: 24, clips: [{ clipId: b, rightId: d }] })).toThrow(refusal(/25 to 47/));
    expect(() => split(abc, { atFrame: 48, clips: [{ clipId: b, rightId: d }] })).toThrow(refusal(/25 to 47/));
    expect(() => split(abc, { atFrame: 30, clips: [{ clipId: b, rightId: c }] })).toThrow(refusal(/new id/));
  });
});

describe('a dissolve', () => {
  it('takes its frames from beyond the cut, half from each side, and gives them back', () => {
    const { project } = setDissolve(abc, { clipId: b, frames: 7, by: 'handles' });
    expect(picture({ project })).toBe('a 0-27 @24, b 20-48 @20 ~7, c 48-72 @24');
    expect(picture(setDissolve(project, { clipId: b, frames: 2, by: 'handles' }))).toBe(
      'a 0-25 @24, b 23-48 @23 ~2, c 48-72 @24',
    );
    expect(removeDissolves(project, { clipIds: [b] }).project).toEqual(abc);
  });

  it('or draws what follows nearer', () => {
    const { project } = setDissolve(abc, { clipId: b, frames: 6, by: 'ripple' });
    expect(picture({ project })).toBe('a 0-24 @24, b 18-42 @24 ~6, c 42-66 @24');
    expect(setDissolve(project, { clipId: b, frames: 0, by: 'ripple' }).project).toEqual(abc);
  });

  it('is refused without a neighbour or without frames', () => {
    expect(() => setDissolve(gapped, { clipId: c, frames: 4, by: 'handles' })).toThrow(refusal(/must touch/));
    expect(() => setDissolve(abc, { clipId: a, frames: 4, by: 'ripple' })).toThrow(refusal(/must touch/));
    expect(() => setDissolve(abc, { clipId: b, frames: 60, by: 'handles' })).toThrow(refusal(/only 24 frames/));
    expect(() => setDissolve(abc, { clipId: b, frames: 30, by: 'ripple' })).toThrow(refusal(/too long for clip-b/));
    const both = setDissolve(abc, { clipId: b, frames: 20, by: 'ripple' }).project;
    expect(() => setDissolve(both, { clipId: c, frames: 5, by: 'ripple' })).toThrow(
      refusal(/too few for dissolves of 20 and 5/),
    );
  });

  it('follows its clips while they are neighbours and goes when they are parted', () => {
    const { project } = setDissolve(abc, { clipId: b, frames: 8, by: 'handles' });
    expect(picture(trim(project, { clipId: a, edge: 'end', toFrame: 25 }))).toContain('b 20-48 @20 ~5');
    expect(picture(trim(project, { clipId: a, edge: 'end', toFrame: 18 }))).toContain('b 20-48 @20,');
    expect(picture(removeClips(project, { clipIds: [a] }))).toBe('b 20-48 @20, c 48-72 @24');
    expect(picture(moveClips(project, { clipIds: [a, b], byFrames: 0, byTracks: 1 }), upper)).toBe(
      'a 0-28 @24, b 20-48 @20 ~8',
    );
    expect(picture(moveClips(project, { clipIds: [b], byFrames: 0, byTracks: 1 }), upper)).toBe('b 20-48 @20');
  });

  it('takes the place of a fade', () => {
    const faded = setFade(setFade(abc, { clipId: b, fadeInFrames: 5 }).project, {
      clipId: a,
      fadeOutFrames: 5,
    }).project;
    const { project } = setDissolve(faded, { clipId: b, frames: 4, by: 'handles' });
    expect([clipOf(project, b).fadeInFrames, clipOf(project, a).fadeOutFrames]).toEqual([0, 0]);
    expect(() => setFade(project, { clipId: b, fadeInFrames: 3 })).toThrow(refusal(/dissolves/));
  });
});

describe('a fade', () => {
  it('fits its clip, and gets shorter with it', () => {
    expect(() => setFade(abc, { clipId: a, fadeInFrames: 20, fadeOutFrames: 5 })).toThrow(refusal(/too few/));
    const { project } = setFade(abc, { clipId: a, fadeInFrames: 10, fadeOutFrames: 10 });
    const trimmed = trim(project, { clipId: a, edge: 'end', toFrame: 12 }).project;
    expect(clipOf(trimmed, a)).toMatchObject({ fadeInFrames: 10, fadeOutFrames: 2 });
  });
});

describe('speed', () => {
  it('goes on showing the same frames in another length', () => {
    const { project } = setSpeed(abc, { clipId: b, speed: { num: 2, den: 1 }, ripple: true });
    expect(picture({ project })).toBe('a 0-24 @24, b 24-36 @24, c 36-60 @24');
    expect(sourceRange(project, clipOf(project, b))).toEqual({ inFrame: 24, outFrame: 47 });
    const slow = setSpeed(abc, { clipId: b, speed: { num: 1, den: 2 }, ripple: true }).project;
    expect(picture({ project: slow })).toBe('a 0-24 @24, b 24-72 @24, c 72-96 @24');
    expect(sourceRange(slow, clipOf(slow, b))).toEqual({ inFrame: 24, outFrame: 48 });
    expect(setSpeed(slow, { clipId: b, speed: { num: 1, den: 1 }, ripple: true }).project).toEqual(abc);
    expect(() => setSpeed(abc, { clipId: b, speed: { num: 1, den: 2 }, ripple: false })).toThrow(refusal(/cover/));
    expect(() => setSpeed(abc, { clipId: b, speed: { num: 1, den: 17 }, ripple: true })).toThrow(refusal(/1\/16/));
  });
});

describe('sources of other rates', () => {
  const source = { kind: 'media', mediaId: film.id } as const;
  const place = (project: Project, fields: object) =>
    addClips(project, { clips: [boatClip('f', { source, inFrame: 0, ...fields })] }).project;

  it('count their own frames: 300 at 29.97 last 241 frames at 24', () => {
    expect(picture({ project: place(emptyTimeline(), { lengthFrames: 241 }) })).toBe('f 0-241 @0');
    expect(() => place(emptyTimeline(), { lengthFrames: 242 })).toThrow(refusal(/enough for 241/));
  });

  it('keep every frame in its place through trims and splits', () => {
    const project = place(emptyTimeline(), { lengthFrames: 200, inFrame: 10 });
    const whole = clipOf(project, clipId('f'));
    const cut = split(project, { atFrame: 77, clips: [{ clipId: clipId('f'), rightId: clipId('g') }] }).project;
    const right = clipOf(cut, clipId('g'));
    for (let frame = 77; frame < 200; frame += 1)
      expect(Math.abs(sourceFrameAt(cut, right, frame) - sourceFrameAt(project, whole, frame))).toBeLessThanOrEqual(1);
  });

  it('are stills without end, and heard only where there is sound', () => {
    const image = { kind: 'media', mediaId: still.id } as const;
    expect(picture({ project: place(emptyTimeline(), { source: image, lengthFrames: 100_000 }) })).toBe(
      'f 0-100000 @0',
    );
    expect(() => place(emptyTimeline(), { source: image, trackId: audio })).toThrow(refusal(/no sound/));
    expect(picture({ project: place(emptyTimeline(), { trackId: audio }) }, audio)).toBe('f 0-24 @0');
  });
});

it('leaves the clips of a locked track alone, whatever is asked', () => {
  const { project } = changeTrack(abc, { trackId: video, locked: true });
  const locked = refusal(/“V1” is locked/);
  expect(() => trim(project, { clipId: b, edge: 'end', toFrame: 40 })).toThrow(locked);
  expect(() => removeClips(project, { clipIds: [b] })).toThrow(locked);
  expect(() => addClips(project, { clips: [boatClip('d', { startFrame: 500 })] })).toThrow(locked);
  const other = addClips(project, { clips: [boatClip('u', { startFrame: 500, trackId: upper })] }).project;
  expect(() => moveClips(other, { clipIds: [clipId('u')], byFrames: 0, byTracks: -1 })).toThrow(locked);
  expect(
    picture(
      trim(changeTrack(project, { trackId: video, locked: false }).project, { clipId: b, edge: 'end', toFrame: 40 }),
    ),
  ).toContain('b 24-40');
});
