// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { toast } from 'sonner';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema, stageIdSchema } from '#shared/pack-manifest';
import { addShot, changeStage } from '#shared/project/edits/shots';
import { shotIdSchema, takeIdSchema } from '#shared/project/ids';
import { boat, boatClip, boatId, clipId, takeOne, withClips } from '#shared/project/project.test-fixtures';
import type { Project } from '#shared/project/project';
import { directionPresetSchema, type DirectionPreset } from '#shared/studio/settings';
import { openApp } from '../app/open-app.test-support';
import { FakeMain } from '../studio/fake-main.test-port';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const base = stageIdSchema.parse('base');
const gullId = shotIdSchema.parse('shot-gull');
const quick: DirectionPreset = directionPresetSchema.parse({ name: 'Quick', stages: { base: { steps: 3 } } });

afterEach(() => {
  toast.dismiss();
  cleanup();
});

/** A shot with a clip, whose base is directed, and another one whose is not. */
async function openTwo(...presets: DirectionPreset[]) {
  const takes = [{ ...takeOne, id: takeIdSchema.parse('take-gull'), shotId: gullId }];
  const source = { kind: 'shot' as const, shotId: gullId, takeId: takes[0]!.id };
  const clip = boatClip('b', { startFrame: 100, source });
  const two = addShot(withClips('a'), { shot: { ...boat, id: gullId }, takes, clip }).project;
  return open(two, presets);
}

async function open(project: Project, presets: DirectionPreset[] = []) {
  const overrides = { steps: 7, seed: 5 };
  const main = new FakeMain(changeStage(project, { shotId: boatId, stage: base, overrides }).project, manifest);
  main.settings = { ...main.settings, directionPresets: presets };
  const user = await openApp(main.transport);
  return { main, user, stepsOf: (id: typeof boatId) => main.project.shots.get(id)?.direction.stages[base] };
}

async function perform(user: UserEvent, name: RegExp): Promise<void> {
  act(() => screen.getByRole('button', { name: 'Actions for direction presets' }).focus());
  await user.keyboard('{Enter}');
  const item = await screen.findByRole('menuitem', { name });
  act(() => item.focus());
  await user.keyboard('{Enter}');
}

async function choose(user: UserEvent, name: string, menu = 'Direction preset'): Promise<void> {
  const box = await screen.findByRole('combobox', { name: menu });
  act(() => box.focus());
  await user.keyboard('{Enter}');
  const option = await screen.findByRole('option', { name });
  act(() => option.focus());
  await user.keyboard('{Enter}');
}

test('by keys the direction of a shot is kept under a name, renamed and deleted', async () => {
  const { main, user } = await open(withClips('a'));
  await user.keyboard('{Control>}a{/Control}');
  await screen.findByRole('combobox', { name: 'Direction preset' });
  await perform(user, /^Keep this direction/);
  await screen.findByRole('textbox', { name: 'Name of the direction preset' });
  await user.keyboard('Calm{Enter}');
  await waitFor(() =>
    expect(main.settings.directionPresets).toEqual([{ name: 'Calm', stages: { base: { steps: 7 } } }]),
  );
  await perform(user, /^Rename/);
  await screen.findByRole('textbox', { name: 'Name of the direction preset' });
  await user.keyboard('er{Enter}');
  await waitFor(() => expect(main.settings.directionPresets.map(({ name }) => name)).toEqual(['Calmer']));
  await perform(user, /^Delete/);
  await waitFor(() => expect(main.settings.directionPresets).toEqual([]));
}, 60_000);

test('a preset directs all selected shots in one step that is undone as one, and seeds stay', async () => {
  const { main, user, stepsOf } = await openTwo(quick);
  await user.keyboard('{Control>}a{/Control}');
  await choose(user, 'Quick');
  await waitFor(() => expect([stepsOf(boatId), stepsOf(gullId)]).toEqual([{ steps: 3, seed: 5 }, { steps: 3 }]));
  expect(main.revision).toBe(1);
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect([stepsOf(boatId), stepsOf(gullId)]).toEqual([{ steps: 7, seed: 5 }, undefined]));
  expect(main.project.clips.has(clipId('a'))).toBe(true);
}, 60_000);

test('what the pack does not have is left out and named, in the language of the window', async () => {
  const stages = { base: { steps: 3, sampler: { kind: 'heun' } }, 'ssr-9000': { steps: 2 } };
  const elsewhere = directionPresetSchema.parse({ name: 'Elsewhere', stages });
  const { main, user, stepsOf } = await openTwo(elsewhere);
  main.showSettings({ language: 'ko' });
  await user.keyboard('{Control>}a{/Control}');
  await choose(user, 'Elsewhere', '연출 프리셋');
  await screen.findByText('팩에 맞지 않는 것은 뺐습니다: base의 샘플러, ssr-9000.');
  expect(stepsOf(gullId)).toEqual({ steps: 3 });
}, 60_000);
