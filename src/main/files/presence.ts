/**
 * Tells whether a process of Sluice still lives, by something that the operating system takes away at its death, however it
 * dies: a listening local socket (on Windows a named pipe). No process ids, which are used again; no time, which jumps; a
 * process that is suspended or busy still counts as alive, since the kernel accepts for it. docs/decisions/0004-locks.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { nodeFileSystem, type FileSystem } from './file-system';

/** Path-safe: the process id, for people, and a random part that makes it unique for ever. */
export type PresenceId = string;

export const presenceIdPattern = /^\d+-[0-9a-f]{16}$/;

export interface Presence {
  readonly id: PresenceId;
  /** Whether the process that announced `id` lives. Errs on the side of yes. */
  isAlive(id: PresenceId): Promise<boolean>;
  /** What this process held is free from now on. */
  close(): Promise<void>;
}

/** A socket's name must fit `sun_path`: 104 bytes on macOS, 108 on Linux. */
const longestSocketPath = 100;
const socketSuffix = '.sock';
const unborn = '.new';
/** Each takes another process that starts in the very moment, and looks at an address that is bound and does not listen yet. */
const mostBirths = 10;

/** Announces this process in `folder`. Throws `disk-full`, `disk-read-only`. */
export async function announcePresence(folder: string, files: FileSystem = nodeFileSystem): Promise<Presence> {
  await withDiskErrors('create', folder, () => mkdir(folder, { recursive: true }));
  const id = `${process.pid}-${randomBytes(8).toString('hex')}`;
  const { server, address } = await listenSomewhere(folder, id, files);
  server.unref();
  await removeDead(folder);
  return {
    id,
    isAlive: (other) => (other === id ? Promise.resolve(server.listening) : isAlive(folder, other)),
    close: async () => {
      if (!server.listening) return;
      await new Promise((resolve) => server.close(resolve));
      await rm(address, { force: true });
    },
  };
}

/** Where the process `id` may listen: in the shared folder, or where its path is too long or takes no sockets, beside it. */
function addressesOf(folder: string, id: PresenceId): readonly [string, ...string[]] {
  if (process.platform === 'win32') return [`\\\\.\\pipe\\sluice-${id}`];
  const inside = path.join(folder, `${id}${socketSuffix}`);
  const outside = path.join(tmpdir(), `sluice-${id}${socketSuffix}`);
  return Buffer.byteLength(inside) <= longestSocketPath ? [inside, outside] : [outside];
}

async function listenSomewhere(
  folder: string,
  id: PresenceId,
  files: FileSystem,
): Promise<{ server: Server; address: string }> {
  let failure: unknown;
  for (const address of addressesOf(folder, id)) {
    try {
      return { server: await listen(address, files), address };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/**
 * Under another name first: a socket that bears its final name always listens, so one that refuses is dead. One that does not bear it yet
 * may be taken away by another process, which found it bound and not listening: then it is made again.
 */
async function listen(address: string, files: FileSystem): Promise<Server> {
  if (process.platform === 'win32') return listenAt(address);
  for (let birth = 1; ; birth += 1) {
    const server = await listenAt(address + unborn);
    try {
      await files.rename(address + unborn, address);
      return server;
    } catch (error) {
      await new Promise((resolve) => server.close(resolve));
      if (fileErrorCode(error) !== 'ENOENT' || birth === mostBirths) throw error;
    }
  }
}

async function listenAt(address: string): Promise<Server> {
  const server = createServer((connection) => connection.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return server;
}

async function isAlive(folder: string, id: PresenceId): Promise<boolean> {
  for (const address of addressesOf(folder, id)) if (await answers(address)) return true;
  return false;
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(address);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', (error) => {
      const code = fileErrorCode(error);
      resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED');
    });
  });
}

/** Sockets stay behind when a process is killed, at birth too. */
async function removeDead(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(socketSuffix) && !name.endsWith(socketSuffix + unborn)) continue;
    if (!(await answers(path.join(folder, name)))) await rm(path.join(folder, name), { force: true });
  }
}
