/** What must hold whatever a person does: the invariants, the way back, and the way there again. */
import { applyPatches as immerApplyPatches, enableMapSet, enablePatches } from 'immer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SluiceError } from '../errors';
import type { Change } from './change';
import { checkProject } from './check';
import { clipsOfTrack } from './order';
import { applyPatches } from './patch';
import { projectJson, projectSchema, type Project } from './project';
import { busyTimeline } from './project.test-fixtures';
import { randomChange, randomSteps, type RandomStep } from './random-edits.test-fixtures';

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

const runs = { numRuns: 100 };
const start = busyTimeline();

it('keeps every invariant through any sequence of edits', () => {
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

it('writes patches that survive JSON and that immer applies to the same end', () => {
  fc.assert(
    fc.property(randomSteps, (steps) => {
      let project = start;
      for (const change of history(start, steps)) {
        const patches = JSON.parse(JSON.stringify(change.patches)) as Parameters<typeof immerApplyPatches>[1];
        project = immerApplyPatches(project, patches);
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
        for (const id of project.trackOrder) {
          const sorted = [...project.clips.values()].filter((clip) => clip.trackId === id);
          sorted.sort((a, b) => a.startFrame - b.startFrame);
          expect(clipsOfTrack(project, id)).toEqual(sorted);
        }
    }),
    runs,
  );
});

it('makes enough different edits for these properties to mean something', () => {
  const labels = new Map<string, number>();
  fc.assert(
    fc.property(randomSteps, (steps) => {
      for (const { label, patches } of history(start, steps))
        if (patches.length > 0) labels.set(label, (labels.get(label) ?? 0) + 1);
    }),
    { numRuns: 300, seed: 1 },
  );
  const rare = [...labels].filter(([, count]) => count < 5).map(([label]) => label);
  expect(rare).toEqual([]);
  expect(labels.size).toBeGreaterThan(35);
});
