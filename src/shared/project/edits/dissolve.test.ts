/** Dissolves and fades: how long they are, and what becomes of them when their clips change. */
import { describe, expect, it } from 'vitest';
import { upper } from '../project.test-fixtures';
import { setFade } from './appearance';
import { clipOf } from './change-clips';
import { removeDissolves, setDissolve } from './dissolve';
import { moveClips } from './move-clips';
import { removeClips } from './remove-clips';
import { trim } from './trim';
import { picture, a, b, c, abc, gapped, refusal } from './clip-edits.test-fixtures';

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
