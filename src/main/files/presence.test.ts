import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem, type FileSystem } from './file-system';
import { announcePresence } from './presence';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-presence-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function listening(name: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(folder, name), resolve));
  return server;
}

function closed(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve));
}

/** As a process leaves it that is killed: closing removes only what bears the name that was bound. */
async function deadSocket(name: string): Promise<void> {
  const server = await listening('bound');
  await rename(path.join(folder, 'bound'), path.join(folder, name));
  await closed(server);
}

describe.skipIf(process.platform === 'win32')('an announcement', () => {
  it('clears away what killed processes left, also at their birth, and nothing of living ones', async () => {
    await deadSocket('1-0123456789abcdef.sock');
    await deadSocket('2-0123456789abcdef.sock.new');
    const [living, unborn] = ['3-0123456789abcdef.sock', '4-0123456789abcdef.sock.new'];
    const servers = [await listening(living), await listening(unborn)];
    const presence = await announcePresence(folder);
    expect((await readdir(folder)).sort()).toEqual([living, unborn, `${presence.id}.sock`].sort());
    await presence.close();
    await Promise.all(servers.map(closed));
  });

  it('is made again where another process took its socket for such a leftover', async () => {
    let taken = 0;
    const files: FileSystem = {
      ...nodeFileSystem,
      rename: async (from, to) => {
        taken += 1;
        if (taken <= 3) await rm(from);
        await nodeFileSystem.rename(from, to);
      },
    };
    const presence = await announcePresence(folder, files);
    expect(taken).toBe(4);
    expect(await readdir(folder)).toEqual([`${presence.id}.sock`]);
    const other = await announcePresence(folder);
    expect(await other.isAlive(presence.id)).toBe(true);
    await presence.close();
    expect(await other.isAlive(presence.id)).toBe(false);
    await other.close();
  });
});
