/** The built Electron main in plain Node, with the `electron` module replaced at its boundary and everything else real. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#shared/errors';
import { stageIdSchema } from '#shared/pack-manifest';
import { stripUrl } from '#shared/studio/media-url';
import { studioContract } from '#shared/studio/studio-contract';
import { testPack } from '../jobs/jobs.test-support';
import { firstOf, makeShot } from '../studio/window.test-support';
import { boot, bootIn, temporaryFolder, windowsOf } from './booted-shell.test-support';
import { leastRequest } from './least-request.test-support';

const base = stageIdSchema.parse('base');
const packHash = testPack().hash;
describe('the channel', () => {
  it('is given to the page of a window, and to nobody else', async () => {
    const shell = await boot();
    const [window] = await windowsOf(shell);
    const id = window?.id ?? 0;
    await shell.offerRefused({ window: id, fromFrame: true });
    await shell.offerRefused({ window: id, fromStranger: true });
    await shell.offerRefused({ window: id, portCount: 2 });
    await shell.offerRefused({ window: id, frameUrl: 'https://evil.example/' });
    await shell.offerRefused({ window: id, frameUrl: 'about:blank' });
    await shell.order('offer', { window: id, port: 0, portCount: 0, frameUrl: 'sluice://studio/' });
    const channel = await shell.connect(id);
    expect(await channel.request('application', {})).toMatchObject({ door: 'electron', platform: process.platform });
  });

  it('answers every call of the contract', async () => {
    const shell = await boot();
    for (const [name, { request }] of Object.entries(studioContract.requests)) {
      const channel = await shell.connect();
      const asked = Reflect.apply(channel.request, channel, [name, leastRequest(request)]) as Promise<unknown>;
      expect(await asked.then(() => 'answered', codeOf), name).not.toBe('channel-protocol');
      channel.close();
    }
  }, 120_000);

  it('follows every stream of the contract', async () => {
    const shell = await boot();
    for (const [name, { request }] of Object.entries(studioContract.streams)) {
      const channel = await shell.connect();
      const events = Reflect.apply(channel.stream, channel, [name, leastRequest(request)]) as AsyncIterator<unknown>;
      const listening = new Promise<string>((resolve) => setTimeout(resolve, 300, 'nothing yet'));
      expect(await Promise.race([events.next().then(() => 'an event', codeOf), listening]), name).not.toBe(
        'channel-protocol',
      );
      channel.close();
    }
  }, 120_000);

  it('makes a shot in a utility process, shows it by the scheme with ranges, and survives its death', async () => {
    const shell = await boot();
    const window = await shell.connect();
    const opened = await window.request('createProject', { title: 'Harbour' });
    expect(path.dirname(opened.folder)).toBe(path.join(shell.folder, 'documents', 'Sluice Projects'));
    const { takeId } = await makeShot(window, opened, { packHash });
    const previews = firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'preview');
    await window.request('generate', { open: opened.open, takes: [takeId], upTo: base });
    const { event } = await previews;
    if (event.kind !== 'preview') throw new Error('no preview');
    const { rgb, frames, width, height } = event.preview;
    expect(rgb).toBeInstanceOf(Uint8Array);
    expect(rgb.byteLength).toBe(frames * width * height * 3);
    const done = await firstOf(
      window.stream('ladders', { open: opened.open, takes: [takeId] }),
      ({ ladder }) => ladder?.stages[0]?.state.kind === 'done',
    );
    const { forks } = await shell.order('state');
    expect(forks[0]).toMatchObject({ options: { serviceName: 'Sluice inference', execArgv: [] } });
    expect(path.basename(forks[0]?.entry ?? '')).toBe('inference.js');
    expect(Object.keys(forks[0]?.options['env'] ?? {})).not.toContain('SLUICE_HOME');
    const key = done.ladder?.stages[0]?.key;
    if (key === undefined) throw new Error('the base has no key');
    const url = `sluice://studio/media/${key}/proxy.mp4`;
    const film = await shell.order('request', { url });
    expect([film.status, film.headers['content-type']]).toEqual([200, 'video/mp4']);
    const part = await shell.order('request', { url, headers: { Range: 'bytes=100-199' } });
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 100-199/${film.body.byteLength}`]);
    expect(Buffer.from(part.body)).toEqual(Buffer.from(film.body.subarray(100, 200)));
    const none = await shell.order('request', { url, headers: { Range: 'bytes=99999999-' } });
    expect([none.status, none.body.byteLength]).toEqual([416, 0]);
    const strip = await shell.order('request', { url: `sluice://studio${stripUrl(key, 4, 24)}` });
    expect(strip.headers['content-type']).toBe('image/png');
    for (const { pid } of forks) if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
    const again = await makeShot(
      window,
      { ...opened, project: (await window.request('openProject', { folder: opened.folder })).project },
      { packHash, seed: 8 },
    );
    await window.request('generate', { open: opened.open, takes: [again.takeId], upTo: base });
    await firstOf(
      window.stream('ladders', { open: opened.open, takes: [again.takeId] }),
      ({ ladder }) => ladder?.stages[0]?.state.kind === 'done',
    );
  });

  it('asks by the dialogs of the system, and shows files by it', async () => {
    const shell = await boot();
    const window = await shell.connect();
    await shell.order('answerDialog', { answer: { canceled: false, filePaths: ['/films/a.mp4', '/films/b.mp4'] } });
    const types = [{ name: 'Films', extensions: ['mp4'] }];
    expect(await window.request('choosePaths', { kind: 'files', title: 'Import', types, many: true })).toEqual({
      kind: 'chosen',
      paths: ['/films/a.mp4', '/films/b.mp4'],
    });
    await shell.order('answerDialog', { answer: { canceled: true, filePaths: [] } });
    expect(await window.request('choosePaths', { kind: 'folder', title: 'Where' })).toEqual({ kind: 'cancelled' });
    await shell.order('answerDialog', { answer: { canceled: false, filePath: '/films/c.mp4' } });
    expect(await window.request('choosePaths', { kind: 'save', title: 'Export', startIn: '/films/c.mp4' })).toEqual({
      kind: 'chosen',
      paths: ['/films/c.mp4'],
    });
    const { dialogs } = await shell.order('state');
    expect(dialogs).toMatchObject([
      { kind: 'open', options: { title: 'Import', filters: types, properties: ['openFile', 'multiSelections'] } },
      { kind: 'open', options: { properties: ['openDirectory', 'createDirectory', 'treatPackageAsDirectory'] } },
      { kind: 'save', options: { defaultPath: '/films/c.mp4' } },
    ]);
    await window.request('revealFile', { file: shell.folder });
    expect((await shell.order('state')).external).toEqual([`show ${path.basename(shell.folder)}`]);
  });
});

describe('the program', () => {
  const words = { message: 'Quit?', jobs: 'jobs', exports: 'exports', unsaved: 'edits', quit: 'Quit', stay: 'Stay' };
  const undo = { kind: 'command', command: 'undo', label: '실행 취소', editing: 'undo' } as const;
  const menus = [
    {
      place: 'other' as const,
      label: '편집',
      items: [undo, { kind: 'role' as const, role: 'newWindow' as const, label: 'New' }],
    },
  ];

  it('hands its projects to the instance that runs already, and ends', async () => {
    const folder = await temporaryFolder();
    const project = path.join(folder, 'Harbour.sluice');
    await mkdir(project);
    const second = bootIn(folder, { args: [project], isLocked: true });
    expect(await second.exited).toBe(0);
    const shell = await boot();
    await windowsOf(shell);
    await shell.order('appEvent', { name: 'second-instance', args: [[], '', { folders: [project] }] });
    const windows = await windowsOf(shell, 2);
    const opened = await shell.connect(windows[1]?.id);
    expect(await opened.request('opening', {})).toEqual({ folder: project });
    await shell.order('appEvent', { name: 'second-instance', args: [[], '', { folders: [project] }] });
    await shell.order('appEvent', { name: 'second-instance', args: [[], '', { folders: 'nonsense' }] });
    const after = await windowsOf(shell, 2);
    expect(after[1]?.done).toEqual(['focus']);
  });

  it('opens the projects it was started with, in windows that share what they open', async () => {
    const folder = await temporaryFolder();
    const first = bootIn(folder);
    const { folder: project } = await (await first.connect()).request('createProject', { title: 'Harbour' });
    await first.order('quit');
    expect(await first.exited).toBe(0);
    const shell = bootIn(folder, { args: ['--some-flag', project] });
    const window = await shell.connect();
    expect(await window.request('opening', {})).toEqual({ folder: project });
    const other = await shell.connect();
    const [mine, theirs] = [
      await window.request('openProject', { folder: project }),
      await other.request('openProject', { folder: project }),
    ];
    expect([mine.state.kind, theirs.state.kind]).toEqual(['saved', 'saved']);
    // The host in another process finds it taken.
    const elsewhere = bootIn(folder);
    const third = await elsewhere.connect();
    expect((await third.request('openProject', { folder: project })).state.kind).toBe('read-only');
  });

  it('shows the menu that a window asks for, and tells the window in front what was chosen', async () => {
    const shell = await boot();
    const [window] = await windowsOf(shell);
    const id = window?.id ?? 0;
    const channel = await shell.connect(id);
    const choices = channel.stream('menuChoices', {});
    const chosen = choices.next();
    await channel.request('setMenu', { menus, quitting: words });
    expect((await shell.order('state')).menu).toMatchObject([{ label: '편집', submenu: [{ label: '실행 취소' }, {}] }]);
    await shell.order('chooseMenu', { path: ['편집', '실행 취소'], window: id });
    expect((await chosen).value).toEqual({ command: 'undo' });
    expect((await shell.order('state')).windows[0]?.done).toEqual(['undo']);
    await shell.order('chooseMenu', { path: ['편집', 'New'], window: id });
    await windowsOf(shell, 2);
  });

  it('asks before it ends while shots are made; they go on next time', async () => {
    const folder = await temporaryFolder();
    const shell = bootIn(folder);
    const [first] = await windowsOf(shell);
    const window = await shell.connect();
    await window.request('setMenu', { menus, quitting: words });
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened, { packHash });
    const started = firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'stage-started');
    await window.request('generate', { open: opened.open, takes: [takeId] });
    await started;
    await shell.order('answerDialog', { answer: { response: 0 } });
    await shell.order('close', { window: first?.id ?? 0 });
    await expect.poll(async () => (await shell.order('state')).dialogs.length).toBe(1);
    const { dialogs, windows } = await shell.order('state');
    expect(dialogs[0]?.options).toMatchObject({ message: 'Quit?', detail: 'jobs', buttons: ['Stay', 'Quit'] });
    expect(windows[0]?.isGone).toBe(false);
    await shell.order('answerDialog', { answer: { response: 1 } });
    await shell.order('quit');
    expect(await shell.exited).toBe(0);
    const next = bootIn(folder);
    const later = await next.connect();
    await later.request('openProject', { folder: opened.folder });
    const queue = await firstOf(later.stream('queue', {}), (state) => state.kind === 'here' && state.jobs.length > 0);
    expect(queue).toMatchObject({ jobs: [{ target: { take: takeId } }] });
  });

  it('remembers where its window stood', async () => {
    const folder = await temporaryFolder();
    const shell = bootIn(folder);
    const [window] = await windowsOf(shell);
    expect(window?.options).toMatchObject({ width: 1440, height: 900 });
    await shell.order('close', { window: window?.id ?? 0 });
    expect(await shell.exited).toBe(0);
    const [again] = await windowsOf(bootIn(folder));
    expect(again?.options).toMatchObject({ x: 11, y: 22, width: 1000, height: 700 });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof SluiceError ? error.code : String(error);
}
