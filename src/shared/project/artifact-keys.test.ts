import { expect, it } from 'vitest';
import { artifactKeys } from './artifact-keys';
import { changeGiven, changeStart } from './edits/shots';
import { addTakes, noteMade } from './edits/takes';
import { takeIdSchema } from './ids';
import { base, boatId, emptyTimeline, hashOf, takeOne, takeOneId } from './project.test-fixtures';

it('names what was made of every take, shown or not, and the frames that were brought', () => {
  const other = takeIdSchema.parse('take-two');
  let project = addTakes(emptyTimeline(), { takes: [{ ...takeOne, id: other, number: 2 }] }).project;
  expect(artifactKeys(project).size).toBe(0);
  project = noteMade(project, { takeId: takeOneId, made: { stage: base, key: hashOf('1') } }).project;
  project = noteMade(project, { takeId: other, made: { stage: base, key: hashOf('2') } }).project;
  const brought = (digit: string) => ({ sha256: hashOf(digit), frames: 1, height: 8, width: 8 });
  project = changeGiven(project, { shotId: boatId, given: [{ source: brought('3'), atFrame: 0 }] }).project;
  project = changeStart(project, { shotId: boatId, startFrom: { stage: base, source: brought('4') } }).project;
  expect([...artifactKeys(project)].sort()).toEqual(['1', '2', '3', '4'].map(hashOf));
  project = noteMade(project, { takeId: other, made: { stage: base, key: hashOf('5') } }).project;
  expect(artifactKeys(project).has(hashOf('2'))).toBe(false);
});
