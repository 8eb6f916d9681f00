/** What must hold whatever a person does: the invariants, the way back, and the way there again. */
import { applyPatches as immerApplyPatches, enableMapSet, enablePatches, type Patch as ImmerPatch } from 'immer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SluiceError } from '../errors';
import type { Change } from './change';
import { checkProject } from './check';
import type { Clip } from './clip';
import { clipsOfTrack } from './order';
import { applyPatches, patchSchema, type Patch } from './patch';
import { projectJson, projectSchema, type Project } from './project';
import { busyTimeline, crowdedTimeline } from './project.test-fixtures';
import { randomChange, randomSteps, type RandomStep } from './random-edits.test-fixtures';
import type { Run } from './shift';

enablePatches();
enableMapSet();

/** The changes that were possible, in order. A refusal must be a refusal, not a crash. */
function history(start: Project, steps: readonly RandomStep[]): readonly Change[] {
  const changes: Change[] = [];
  let project = start;
  for (const [serial, step] of steps.entries()) {
    try {
      const change = randomChange(project, step, serial);
      changes.push(change);
      project = change.project;
    } catch (error) {
      if (error instanceof RangeError) continue;
      expect(error).toBeInstanceOf(SluiceError);
      expect(error).toMatchObject({ code: 'invalid-argument' });
    }
  }
  return changes;
}

describe.each([
  { name: 'a busy timeline', start: busyTimeline(), runs: { numRuns: 100 } },
  { name: 'a crowded timeline, where ripples are shifts', start: crowdedTimeline(), runs: { numRuns: 60 } },
])('on $name, a sequence of edits', ({ start, runs }) => {
  it('keeps every invariant', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        for (const { project } of history(start, steps)) expect(checkProject(project)).toEqual([]);
      }),
      runs,
    );
  });

  it('goes back exactly by inverse patches, and there again by patches', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const changes = history(start, steps);
        let project = changes.at(-1)?.project ?? start;
        for (const [at, change] of [...changes.entries()].reverse()) {
          project = applyPatches(project, change.inversePatches).project;
          expect(project).toEqual(changes[at - 1]?.project ?? start);
        }
        for (const change of changes) project = applyPatches(project, change.patches).project;
        expect(project).toEqual(changes.at(-1)?.project ?? start);
      }),
      runs,
    );
  });

  it('comes to the same end when all patches are applied at once', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const changes = history(start, steps);
        const patches = changes.flatMap((change) => change.patches);
        expect(applyPatches(start, patches).project).toEqual(changes.at(-1)?.project ?? start);
      }),
      runs,
    );
  });

  it('writes patches that survive JSON and that immer applies to the same end, but for shifts', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        let project = start;
        for (const change of history(start, steps)) {
          const patches = z.array(patchSchema).parse(JSON.parse(JSON.stringify(change.patches)));
          for (const patch of patches) project = immerApplyPatches(project, asImmer(project, patch));
          expect(project).toEqual(change.project);
        }
      }),
      runs,
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const project = history(start, steps).at(-1)?.project ?? start;
        expect(projectSchema.parse(JSON.parse(JSON.stringify(projectJson(project))))).toEqual(project);
      }),
      runs,
    );
  });

  it('knows the order of each track after each edit as a sort would give it', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        for (const { project } of history(start, steps))
          for (const id of project.trackOrder) expect(clipsOfTrack(project, id)).toEqual(sortedClips(project, id));
      }),
      runs,
    );
  });
});

function sortedClips(project: Project, trackId: string): readonly Clip[] {
  const clips = [...project.clips.values()].filter((clip) => clip.trackId === trackId);
  return clips.sort((a, b) => a.startFrame - b.startFrame);
}

/** A shift clip by clip, by the order of the track instead of by frames; any other patch is immer's already. */
function asImmer(project: Project, patch: Patch): ImmerPatch[] {
  if (patch.op !== 'shift') return [{ ...patch }];
  return patch.value.flatMap(({ first, last, byFrames }) => {
    const order = sortedClips(project, project.clips.get(first)?.trackId ?? '');
    const [from, to] = [first, last].map((id) => order.findIndex((clip) => clip.id === id));
    return order.slice(from, (to ?? 0) + 1).map(({ id, startFrame }) => {
      return { op: 'replace' as const, path: ['clips', id, 'startFrame'], value: startFrame + byFrames };
    });
  });
}

it('makes enough different edits for these properties to mean something', () => {
  const labels = new Map<string, number>();
  fc.assert(
    fc.property(randomSteps, (steps) => {
      for (const { label, patches } of history(busyTimeline(), steps))
        if (patches.length > 0) labels.set(label, (labels.get(label) ?? 0) + 1);
    }),
    { numRuns: 300, seed: 1 },
  );
  const rare = [...labels].filter(([, count]) => count < 5).map(([label]) => label);
  expect(rare).toEqual([]);
  expect(labels.size).toBeGreaterThan(35);
});

it('makes enough shifts for these properties to mean something: to both sides, of several runs', () => {
  const shifts: Run[][] = [];
  fc.assert(
    fc.property(randomSteps, (steps) => {
      for (const { patches, inversePatches } of history(crowdedTimeline(), steps))
        for (const patch of [...patches, ...inversePatches]) if (patch.op === 'shift') shifts.push(patch.value);
    }),
    { numRuns: 60, seed: 1 },
  );
  const runs = shifts.flat();
  expect(runs.filter(({ byFrames }) => byFrames > 0).length).toBeGreaterThan(50);
  expect(runs.filter(({ byFrames }) => byFrames < 0).length).toBeGreaterThan(50);
  expect(shifts.filter(({ length }) => length > 1).length).toBeGreaterThan(5);
});
