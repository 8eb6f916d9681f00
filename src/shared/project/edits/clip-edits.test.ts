/** What each edit does to the clips around it, frame by frame. */
import { describe, expect, it } from 'vitest';
import { sourceFrameAt } from '../source';
import { boatClip, clipId, upper, video } from '../project.test-fixtures';
import { clipOf } from './change-clips';
import { setDissolve } from './dissolve';
import { moveClips } from './move-clips';
import { addClips, duplicateClips, pasteClips } from './place-clips';
import { closeGap, removeClips, rippleDelete } from './remove-clips';
import { roll, slide, slip } from './roll';
import { split } from './split';
import { changeTrack } from './tracks';
import { rippleTrim, trim } from './trim';
import { picture, a, b, c, d, abc, gapped, refusal } from './clip-edits.test-fixtures';

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
