/** The real studio behind a real host, on the test pack, and windows that connect to it as the renderer does. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { connect, type Channel } from '#shared/channel/channel';
import { platformSocketEnd, socketTransport } from '#shared/channel/websocket-transport';
import type { Change } from '#shared/project/change';
import { addShot } from '#shared/project/edits/shots';
import { asEdit } from '#shared/project/edit';
import { newShotId, newTakeId, type TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { directionSchema } from '#shared/project/project-shot';
import { proposed, type OpenedProject } from '#shared/studio/projects';
import { studioContract, type StudioContract } from '#shared/studio/studio-contract';
import { ask, enterAt, type Answer } from '../host/host.test-client';
import { openHost, type Host } from '../host/host';
import { testPack, testPackDirectory } from '../jobs/jobs.test-support';
import { Sluice } from '../sluice';
import { openStudio, type Studio } from './studio';

const out = path.resolve(import.meta.dirname, '../../../out');

export type Window = Channel<StudioContract['requests'], StudioContract['streams']>;

export interface TestStudio {
  readonly studio: Studio;
  readonly host: Host;
  readonly folder: string;
  readonly notices: readonly string[];
  readonly open: () => Promise<Window>;
  readonly get: (target: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export async function temporaryHome(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-studio-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As a process does when it starts. */
export async function startStudio(folder: string): Promise<TestStudio> {
  const sluice = new Sluice({
    home: path.join(folder, 'home'),
    builtInPacks: [testPackDirectory],
    ffmpeg: { chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' },
    inferenceEntry: path.join(out, 'inference.js'),
    environment: process.env,
    version: '1.2.3',
  });
  const notices: string[] = [];
  const onNotice = (message: string): void => void notices.push(message);
  const studio = await openStudio({ sluice, door: 'browser', documentsFolder: folder, onNotice });
  const host = await openHost({
    port: 0,
    rendererFolder: out,
    media: studio.media,
    onChannel: (transport) => studio.connect(transport),
  });
  const Cookie = await enterAt(host);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await host.close();
    await studio.close();
    await sluice.close();
  };
  onTestFinished(close);
  return {
    ...{ studio, host, folder, notices, close },
    open: async () => {
      const Origin = `http://127.0.0.1:${host.port}`;
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/channel`, { headers: { Cookie, Origin } });
      const window = connect(socketTransport(platformSocketEnd(socket)), studioContract);
      await once(socket, 'open');
      return window;
    },
    get: (target, headers = {}) => ask(host.port, { target, headers: { Cookie, ...headers } }),
  };
}

/** As the renderer does: makes the change, and sends it. */
export async function make(window: Window, { open, project }: OpenedProject, edit: (project: Project) => Change) {
  const made = edit(project);
  const asSent = asEdit(made);
  if (asSent === undefined) throw new Error('the edit changed nothing');
  const acknowledged = await window.request('applyEdit', { open, edit: proposed(asSent) });
  return { project: made.project, acknowledged };
}

/** A shot with one take, of the test pack's shape. */
export async function makeShot(
  window: Window,
  opened: OpenedProject,
  { prompt = 'a red boat', seed = 7 } = {},
): Promise<{ readonly project: Project; readonly takeId: TakeId }> {
  const { hash, manifest } = testPack();
  const last = manifest.stages.at(-1)?.output;
  if (last === undefined) throw new Error('the test pack has no stages');
  const shot = {
    id: newShotId(),
    name: 'Boat',
    packHash: hash,
    frames: last.frames,
    frameRate: { num: last.fps, den: 1 },
    direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt }] }),
  };
  const take = { id: newTakeId(), shotId: shot.id, number: 1, seed, stages: {}, rating: 0, made: [] };
  const { project } = await make(window, opened, (before) => addShot(before, { shot, takes: [take] }));
  return { project, takeId: take.id };
}

/** The first event for which `wanted` holds. */
export async function firstOf<T>(events: AsyncIterable<T>, wanted: (event: T) => boolean): Promise<T> {
  for await (const event of events) if (wanted(event)) return event;
  throw new Error('the stream ended before');
}
