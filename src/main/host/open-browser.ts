/**
 * Opens a one-time address in the person's browser. Programs' arguments can be read by everybody on the machine, so the browser is given a
 * file that only this user can read and that leads on to the address. The file bears the name of its process, so that one that was killed
 * can be told from one whose browser is still on its way.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Presence } from '../files/presence';

export interface OpenedBrowser {
  /** Takes the file away; safe to call more than once. */
  forget(): Promise<void>;
}

/** Where such files lie, and whose they are. */
export interface EntryFiles {
  /** The user's own. It is there. */
  readonly folder: string;
  readonly presence: Presence;
}

const entryPattern = /^enter-(?:(\d+-[0-9a-f]{16})-)?[0-9a-f]{16}\.html$/;

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/** Removes the files of processes that ended without taking them away. A file that names none is nobody's. */
export async function removeOldEntries({ folder, presence }: EntryFiles): Promise<void> {
  for (const name of await readdir(folder)) {
    const entry = entryPattern.exec(name);
    if (entry === null || (entry[1] !== undefined && (await presence.isAlive(entry[1])))) continue;
    await rm(path.join(folder, name), { force: true });
  }
}

/**
 * @param url of this host: its characters need no escaping
 * @param onFailure told where no browser can be opened
 */
export async function openBrowser(
  url: string,
  { folder, presence }: EntryFiles,
  onFailure: () => void,
): Promise<OpenedBrowser> {
  const file = path.join(folder, `enter-${presence.id}-${randomBytes(8).toString('hex')}.html`);
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${url}"><title>Sluice</title>\n`;
  await writeFile(file, page, { mode: 0o600, flag: 'wx' });
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, file], { stdio: 'ignore', detached: true });
  child.once('error', onFailure);
  // Windows' Explorer ends with 1 when all is well.
  child.once('exit', (status) => {
    if (status !== 0 && process.platform !== 'win32') onFailure();
  });
  child.unref();
  return { forget: () => rm(file, { force: true }) };
}
