/** A studio's window without its pictures: comes in, connects and asks as the renderer does. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { connect, type Channel } from '#shared/channel/channel';
import { platformSocketEnd, socketTransport } from '#shared/channel/websocket-transport';
import type { Change } from '#shared/project/change';
import { asEdit } from '#shared/project/edit';
import { addShot } from '#shared/project/edits/shots';
import { newShotId, newTakeId, type TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { directionSchema } from '#shared/project/project-shot';
import type { ArchivedStages } from '#shared/studio/project-archives';
import type { OpenedProject } from '#shared/studio/projects';
import { studioContract, type StudioContract } from '#shared/studio/studio-contract';
import type { Sha256 } from '#shared/units';

export type Window = Channel<StudioContract['requests'], StudioContract['streams']>;

/** What the entry page's script does with a one-time address. `cookie` is '' where it was refused. */
export async function enterBy(url: string): Promise<{ readonly status: number; readonly cookie: string }> {
  const { origin, hash } = new URL(url);
  const { status, headers } = await fetch(`${origin}/enter`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  return { status, cookie: headers.get('set-cookie')?.split(';')[0] ?? '' };
}

export async function dialWindow(origin: string, cookie: string): Promise<Window> {
  const headers = { Cookie: cookie, Origin: origin };
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/channel`, { headers });
  // A server that is killed is what some tests are about; the channel reports it.
  socket.on('error', () => undefined);
  const window = connect(socketTransport(platformSocketEnd(socket)), studioContract);
  await once(socket, 'open');
  return window;
}

export async function connectWindow(url: string): Promise<Window> {
  return dialWindow(new URL(url).origin, (await enterBy(url)).cookie);
}

/** As the renderer does: makes the change, and sends it. */
export async function make(window: Window, { open, project }: OpenedProject, edit: (project: Project) => Change) {
  const made = edit(project);
  const asSent = asEdit(made);
  if (asSent === undefined) throw new Error('the edit changed nothing');
  const acknowledged = await window.request('applyEdit', { open, edit: asSent });
  return { project: made.project, acknowledged };
}

/** A shot with one take, of the shape of a pack that is there. */
export async function makeShot(
  window: Window,
  opened: OpenedProject,
  {
    packHash,
    prompt = 'a red boat',
    seed = 7,
  }: { readonly packHash: Sha256; readonly prompt?: string; readonly seed?: number },
): Promise<{ readonly project: Project; readonly takeId: TakeId }> {
  const { packs } = await window.request('packs', {});
  const pack = packs.find((entry) => entry.state === 'valid' && entry.hash === packHash);
  const last = pack?.state === 'valid' ? pack.manifest.stages.at(-1)?.output : undefined;
  if (last === undefined) throw new Error('there is no such pack');
  const shot = {
    id: newShotId(),
    name: 'Boat',
    packHash,
    frames: last.frames,
    frameRate: { num: last.fps, den: 1 },
    direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt }] }),
  };
  const take = { id: newTakeId(), shotId: shot.id, number: 1, seed, stages: {}, rating: 0, made: [] };
  const { project } = await make(window, opened, (before) => addShot(before, { shot, takes: [take] }));
  return { project, takeId: take.id };
}

/** A project's archive, once it is written. Throws why it was not. */
export async function archive(
  window: Window,
  request: { readonly folder: string; readonly file: string; readonly stages?: ArchivedStages },
): Promise<void> {
  const { id } = await window.request('startArchive', request);
  const { exports } = await firstOf(window.stream('exports', {}), (list) =>
    list.exports.some((one) => one.id === id && !['waiting', 'running'].includes(one.state.kind)),
  );
  const state = exports.find((one) => one.id === id)?.state;
  if (state?.kind !== 'done') throw new Error(`the archive is ${JSON.stringify(state)}`);
}

/** Opens a project's archive. Returns the folder of the project. Throws why there is none. */
export async function bringArchive(window: Window, file: string): Promise<{ readonly folder: string }> {
  const brought = await firstOf(window.stream('importArchive', { file }), ({ kind }) => kind === 'imported');
  return brought.kind === 'imported' ? brought : Promise.reject(new Error('it ended before'));
}

/** The first event for which `wanted` holds. */
export async function firstOf<T>(events: AsyncIterable<T>, wanted: (event: T) => boolean): Promise<T> {
  for await (const event of events) if (wanted(event)) return event;
  throw new Error('the stream ended before');
}
