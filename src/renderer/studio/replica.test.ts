import { expect, test } from 'vitest';
import { asEdit, type Edit } from '#shared/project/edit';
import type { Change } from '#shared/project/change';
import { moveClips } from '#shared/project/edits/move-clips';
import { removeClips, rippleDelete } from '#shared/project/edits/remove-clips';
import { changeProject } from '#shared/project/edits/media';
import { applyPatches } from '#shared/project/patch';
import { clipId, withClips } from '#shared/project/project.test-fixtures';
import { replicaOf, withChange, withEdit, withoutEdit, withSnapshot, type Replica } from './replica';

const project = withClips('a', 'b');
const editOf = (change: Change): Edit => asEdit(change)!;
const made = (replica: Replica, change: Change) => {
  const edit = editOf(change);
  return { edit, replica: withEdit(replica, edit, change.project) };
};

test('an edit shows at once and is confirmed by its own change', () => {
  const first = made(replicaOf(project, 4), changeProject(project, { title: 'Harbour' }));
  expect(first.replica.visible.title).toBe('Harbour');
  expect(first.replica.confirmed.title).toBe('Test');
  const after = withChange(first.replica, { revision: 5, id: first.edit.id, patches: first.edit.patches })!;
  expect(after).toMatchObject({ revision: 5, pending: [] });
  expect(after.confirmed).toBe(first.replica.visible);
});

test('edits on their way stay on top of another’s change', () => {
  const mine = made(replicaOf(project, 0), moveClips(project, { clipIds: [clipId('b')], byFrames: 10 }));
  const theirs = editOf(changeProject(project, { title: 'Theirs' }));
  const after = withChange(mine.replica, { revision: 1, id: theirs.id, patches: theirs.patches })!;
  expect(after.visible.title).toBe('Theirs');
  expect(after.visible.clips.get(clipId('b'))?.startFrame).toBe(34);
  expect(after.confirmed.clips.get(clipId('b'))?.startFrame).toBe(24);
});

test('a ripple on its way stays on top of another’s ripple, each counting once', () => {
  const many = withClips(...Array.from({ length: 60 }, (_, at) => `r${at}`));
  const mine = made(replicaOf(many, 0), rippleDelete(many, { clipIds: [clipId('r30')] }));
  const title = made(mine.replica, changeProject(mine.replica.visible, { title: 'Mine' }));
  const theirs = editOf(rippleDelete(many, { clipIds: [clipId('r5')] }));
  const rebased = withChange(title.replica, { revision: 1, id: theirs.id, patches: theirs.patches })!;
  const lastOf = (replica: Replica) => replica.visible.clips.get(clipId('r59'))?.startFrame;
  expect(lastOf(rebased)).toBe(57 * 24);
  const confirmed = withChange(rebased, { revision: 2, id: mine.edit.id, patches: mine.edit.patches })!;
  expect(confirmed.pending.map(({ id }) => id)).toEqual([title.edit.id]);
  expect(confirmed.confirmed.clips).toEqual(rebased.visible.clips);
  expect(lastOf(confirmed)).toBe(57 * 24);
});

test('an edit of what is gone falls away', () => {
  const mine = made(replicaOf(project, 0), moveClips(project, { clipIds: [clipId('b')], byFrames: 10 }));
  const theirs = editOf(removeClips(project, { clipIds: [clipId('b')] }));
  const after = withChange(mine.replica, { revision: 1, id: theirs.id, patches: theirs.patches })!;
  expect(after.pending).toEqual([]);
  expect(after.visible).toEqual(applyPatches(project, theirs.patches).project);
});

test('a refused edit is as if it had not been', () => {
  const mine = made(replicaOf(project, 0), changeProject(project, { title: 'Harbour' }));
  expect(withoutEdit(mine.replica, mine.edit.id).visible).toBe(project);
});

test('a missing change asks for a snapshot, an old one is passed over', () => {
  const replica = replicaOf(project, 3);
  expect(withChange(replica, { revision: 5, id: 'edit-x', patches: [] })).toBeUndefined();
  expect(withChange(replica, { revision: 3, id: 'edit-x', patches: [] })).toBe(replica);
  expect(withSnapshot(replica, project, 5)).toMatchObject({ revision: 5, visible: project });
});
