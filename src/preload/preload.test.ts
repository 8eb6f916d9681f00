/** The built preload script in a world with no more than Electron's sandbox gives it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';

const built = path.resolve(import.meta.dirname, '../../out/preload.cjs');

class FakeFile {
  constructor(readonly path: string) {}
}

/** Runs the script in a page of `origin`; what it did, and how the page can speak to it. */
async function load(origin: string) {
  const sent: { readonly name: string; readonly message: unknown; readonly ports: unknown[] }[] = [];
  const exposed: Record<string, Record<string, (file: object) => string>> = {};
  const listeners: ((event: object) => void)[] = [];
  const page = { addEventListener: (_type: string, listener: (event: object) => void) => listeners.push(listener) };
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: (typeof exposed)[string]) => (exposed[name] = value) },
    ipcRenderer: {
      postMessage: (name: string, message: unknown, ports: unknown[]) => sent.push({ name, message, ports }),
    },
    webUtils: { getPathForFile: (file: FakeFile) => file.path },
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload script cannot load ${name}`);
  };
  runInNewContext(await readFile(built, 'utf8'), { require, window: page, location: { origin }, File: FakeFile });
  const say = (event: object): void => {
    for (const listener of listeners)
      listener({ source: page, origin, data: 'sluice:channel', ports: ['port'], ...event });
  };
  return { sent, exposed, say };
}

it('passes on the one port that the page offers, and nothing else', async () => {
  const { sent, say } = await load('sluice://studio');
  say({});
  expect(sent).toEqual([{ name: 'sluice:channel', message: null, ports: ['port'] }]);
  say({ source: {} });
  say({ origin: 'https://evil.example' });
  say({ data: 'sluice:other' });
  say({ data: { channel: 'sluice:channel' } });
  say({ ports: [] });
  say({ ports: ['a', 'b'] });
  expect(sent).toHaveLength(1);
});

it('tells where dropped files lie, and gives the page no other power', async () => {
  const { exposed } = await load('sluice://studio');
  expect(Object.keys(exposed)).toEqual(['sluiceDesktop']);
  expect(Object.keys(exposed['sluiceDesktop'] ?? {})).toEqual(['pathOf']);
  expect(exposed['sluiceDesktop']?.['pathOf']?.(new FakeFile('/films/a.mp4'))).toBe('/films/a.mp4');
  expect(exposed['sluiceDesktop']?.['pathOf']?.({ path: '/etc/passwd' })).toBe('');
});

it.each(['https://evil.example', 'null', 'sluice://elsewhere', 'file://'])(
  'does nothing in a page of %s',
  async (origin) => {
    const { sent, exposed, say } = await load(origin);
    say({});
    expect([sent, exposed]).toEqual([[], {}]);
  },
);
