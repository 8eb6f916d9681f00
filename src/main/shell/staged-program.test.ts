/** What is staged to be packaged (packaging/stage.mjs) is enough: the program runs from it, far from the repository and what is installed there. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { testPack, testPackDirectory } from '../jobs/jobs.test-support';
import { bootIn, temporaryFolder } from './booted-shell.test-support';
import { firstOf, makeShot } from '../studio/window.test-support';

const root = path.resolve(import.meta.dirname, '../../..');

it('runs by itself: makes a shot and exports it', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  const [program, resources] = [path.join(folder, 'app'), path.join(folder, 'resources')];
  const stage = path.join(root, 'packaging/stage.mjs');
  const staged = spawnSync(process.execPath, [stage, '--to', program, '--without-ffmpeg'], { encoding: 'utf8' });
  expect(staged.stderr).toBe('');
  const bin = path.join(program, 'node_modules/onnxruntime-node/bin/napi-v6');
  expect(await readdir(bin)).toEqual([process.platform]);
  await mkdir(resources);
  await cp(testPackDirectory, path.join(resources, 'packs/starter'), { recursive: true });
  await cp(path.join(root, 'resources/sample'), path.join(resources, 'sample'), { recursive: true });

  const shell = bootIn(folder, { packaged: { program, resources } });
  const window = await shell.connect();
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { open } = opened;
  const { takeId } = await makeShot(window, opened, { packHash: testPack().hash });
  await window.request('generate', { open, takes: [takeId], upTo: stageIdSchema.parse('base') });
  await firstOf(
    window.stream('ladders', { open, takes: [takeId] }),
    ({ ladder }) => ladder?.stages[0]?.state.kind === 'done',
  );
  const file = path.join(folder, 'boat.mp4');
  await window.request('startExport', { source: { kind: 'take', open, takeId }, preset: 'mp4-h264', file });
  const { exports } = await firstOf(
    window.stream('exports', {}),
    ({ exports: [first] }) => first?.state.kind === 'done' || first?.state.kind === 'failed',
  );
  expect(exports[0]?.state).toMatchObject({ kind: 'done' });
  expect((await shell.order('state')).windows[0]?.options['webPreferences']).toMatchObject({ devTools: false });
});
