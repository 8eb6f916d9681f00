/** The built shell with a stand-in for Electron: what holds the machine awake, and when it lets go. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { testPack } from '../jobs/jobs.test-support';
import { ffmpegPath } from '../media/ffmpeg.test-support';
import { firstOf, makeShot } from '../studio/window.test-support';
import { boot } from './booted-shell.test-support';

const upTo = stageIdSchema.parse('base');
const held = ['start prevent-app-suspension'];
const heldOnce = [...held, 'stop'];

it('holds the machine awake while a shot is made or a file is written, and neither before nor after', async (context) => {
  const shell = await boot();
  const window = await shell.connect();
  const awake = async (): Promise<readonly string[]> => (await shell.order('state')).awake;
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { takeId } = await makeShot(window, opened, { packHash: testPack().hash });
  await window.request('changeQueue', { kind: 'hold' });
  await window.request('generate', { open: opened.open, takes: [takeId], upTo });
  // What only waits needs no machine that is awake.
  expect(await awake()).toEqual([]);
  const began = firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'stage-started');
  await window.request('changeQueue', { kind: 'release' });
  await began;
  expect(await awake()).toEqual(held);
  await firstOf(
    window.stream('queue', {}),
    (queue) => queue.kind === 'here' && queue.jobs.every(({ state }) => state.kind === 'done'),
  );
  expect(await awake()).toEqual(heldOnce);

  if (ffmpegPath === undefined) context.skip('no file is written here: no ffmpeg on this machine, see "npm run setup"');
  const folder = path.join(shell.folder, 'films');
  await mkdir(folder);
  const source = { kind: 'take' as const, open: opened.open, takeId };
  await window.request('startExport', { source, preset: 'mp4-h264', file: path.join(folder, 'boat.mp4') });
  await firstOf(window.stream('exports', {}), ({ exports }) => exports[0]?.state.kind === 'done');
  expect(await awake()).toEqual([...heldOnce, ...heldOnce]);
});

it('lets go of it when a job is paused', async () => {
  const shell = await boot();
  const window = await shell.connect();
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { takeId } = await makeShot(window, opened, { packHash: testPack().hash });
  const began = firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'stage-started');
  const { jobs } = await window.request('generate', { open: opened.open, takes: [takeId] });
  await began;
  for (const id of jobs) await window.request('changeQueue', { kind: 'pause', id });
  await expect.poll(async () => (await shell.order('state')).awake).toEqual(heldOnce);
});
