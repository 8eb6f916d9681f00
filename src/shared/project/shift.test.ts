/** Ripples as data: short whatever they move, exact there and back, and honest about what came between. */
import { describe, expect, it } from 'vitest';
import { changeBy, type Change } from './change';
import type { Clip } from './clip';
import { asEdit } from './edit';
import { moveClips } from './edits/move-clips';
import { pasteClips } from './edits/place-clips';
import { removeClips, rippleDelete } from './edits/remove-clips';
import { rippleTrim } from './edits/trim';
import { clipsOfTrack } from './order';
import { applyPatches, patchSchema } from './patch';
import type { Project } from './project';
import { boatClip, clipId, largeProject, upper, video, withClips } from './project.test-fixtures';
import { mostRuns, shiftedClips, type Run } from './shift';

/** `count` clips one behind the other, named r0, r1 and so on. */
const row = (count: number): Project => withClips(...Array.from({ length: count }, (_, at) => `r${at}`));
const starts = (project: Project) => clipsOfTrack(project, video).map(({ startFrame }) => startFrame);
const opsOf = (change: Change) => change.patches.map(({ op }) => op);

describe('a ripple', () => {
  const project = largeProject(10_000, 1);
  const track = project.clips.get(clipId('x0'))!.trackId;
  const ripples: readonly [string, Change][] = [
    ['delete', rippleDelete(project, { clipIds: [clipId('x5'), clipId('x6000')] })],
    ['trim', rippleTrim(project, { clipId: clipId('x5'), edge: 'end', toFrame: 160 })],
    [
      'insert',
      pasteClips(project, {
        clips: [boatClip('copied', { trackId: track })],
        ids: [clipId('pasted')],
        atFrame: 90,
        mode: 'insert',
      }),
    ],
  ];

  it.each(ripples)('(%s) over 10,000 clips is told in a few words, and goes back exactly', (_, change) => {
    expect(JSON.stringify(asEdit(change)).length).toBeLessThan(2000);
    expect(changeBy(change.project, change.label, change.inversePatches).project).toEqual(project);
    const again = changeBy(project, change.label, change.patches);
    expect(again.project).toEqual(change.project);
    expect(again.inversePatches).toEqual(change.inversePatches);
  });

  it('over a few clips is told clip by clip', () => {
    const few = rippleDelete(row(8), { clipIds: [clipId('r0')] });
    expect(new Set(opsOf(few))).toEqual(new Set(['replace', 'remove']));
  });

  it('to another track tells only the tracks clip by clip', () => {
    const clipIds = Array.from({ length: 30 }, (_, at) => clipId(`r${at}`));
    const moved = moveClips(row(40), { clipIds, byFrames: 5, byTracks: 1 });
    expect(opsOf(moved).filter((op) => op === 'replace').length).toBe(30);
    expect(applyPatches(row(40), moved.patches).project).toEqual(moved.project);
    expect(applyPatches(moved.project, moved.inversePatches).project).toEqual(row(40));
  });

  it('with more runs than a shift holds tells the rest clip by clip, exactly', () => {
    const blocks = mostRuns + 3;
    const wide = largeProject(blocks * 32, 1);
    const clipIds = Array.from({ length: blocks * 16 }, (_, at) => clipId(`x${Math.floor(at / 16) * 32 + (at % 16)}`));
    const moved = moveClips(wide, { clipIds, byFrames: 1 });
    expect(opsOf(moved).filter((op) => op === 'replace').length).toBe(3 * 16);
    expect(applyPatches(wide, moved.patches).project).toEqual(moved.project);
  });
});

describe('two windows', () => {
  it('ripple at once, and both ripples count', () => {
    const project = row(60);
    const mine = rippleDelete(project, { clipIds: [clipId('r30')] });
    const theirs = rippleDelete(project, { clipIds: [clipId('r5')] });
    const both = changeBy(theirs.project, mine.label, mine.patches).project;
    expect(starts(both)).toEqual(Array.from({ length: 58 }, (_, at) => at * 24));
  });

  it('insert and ripple: what was inserted moves along', () => {
    const project = row(60);
    const mine = rippleDelete(project, { clipIds: [clipId('r5')] });
    const paste = { clips: [boatClip('copied')], ids: [clipId('pasted')], atFrame: 40 * 24, mode: 'insert' as const };
    const both = changeBy(pasteClips(project, paste).project, mine.label, mine.patches).project;
    expect(starts(both)).toEqual(Array.from({ length: 60 }, (_, at) => at * 24));
    expect(both.clips.get(clipId('pasted'))?.startFrame).toBe(39 * 24);
  });

  it('remove the end of a run: the ripple is refused', () => {
    const project = row(60);
    const mine = rippleDelete(project, { clipIds: [clipId('r30')] });
    const theirs = removeClips(project, { clipIds: [clipId('r31')] });
    expect(() => changeBy(theirs.project, mine.label, mine.patches)).toThrow(/no clip-r31 any more/);
  });
});

describe('a shift', () => {
  const at = (name: string, startFrame: number, trackId: Clip['trackId'] = video) =>
    boatClip(name, { startFrame, trackId });
  const clips = new Map<string, Clip>(
    [at('a', 0), at('b', 50), at('c', 100), at('d', 150), at('e', 60, upper)].map((clip) => [clip.id, clip]),
  );
  const run = (first: string, last: string, byFrames: number): Run => {
    return { first: clipId(first), last: clipId(last), byFrames };
  };
  const shifted = (...runs: Run[]) => shiftedClips(clips, runs).map(({ id, startFrame }) => [id, startFrame]);

  it('moves the clips of a track between two of them, and no other', () => {
    expect(shifted(run('b', 'c', 7))).toEqual([
      ['clip-b', 57],
      ['clip-c', 107],
    ]);
  });

  it('moves all runs at once: none is carried along by another', () => {
    expect(shifted(run('a', 'b', 100), run('c', 'd', -20), run('e', 'e', 1))).toEqual([
      ['clip-a', 100],
      ['clip-b', 150],
      ['clip-c', 80],
      ['clip-d', 130],
      ['clip-e', 61],
    ]);
  });

  it.each([
    ['an end that is gone', run('a', 'z', 1), /no clip-z any more/],
    ['ends that have changed places', run('c', 'b', 1), /do not follow one another/],
    ['ends on two tracks', run('a', 'e', 1), /do not follow one another/],
    ['a start before 0', run('b', 'd', -51), /start at frame -1/],
    ['a start behind the longest project', run('a', 'd', 9_999_900), /start at frame 10000050/],
  ])('refuses %s', (_, refused, message) => {
    expect(() => shifted(refused)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => shifted(refused)).toThrow(message);
  });

  it.each([
    ['no runs', { op: 'shift', path: ['clips'], value: [] }],
    ['too many', { op: 'shift', path: ['clips'], value: Array.from({ length: mostRuns + 1 }, () => run('a', 'b', 1)) }],
    ['half a frame', { op: 'shift', path: ['clips'], value: [run('a', 'b', 0.5)] }],
    ['other entities', { op: 'shift', path: ['markers'], value: [run('a', 'b', 1)] }],
  ])('is no patch with %s', (_, patch) => {
    expect(patchSchema.safeParse(patch).success).toBe(false);
  });
});
