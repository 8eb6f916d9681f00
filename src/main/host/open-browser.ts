/**
 * Opens a one-time address in the person's browser. Programs' arguments can be read by everybody on the machine, so the browser is given a
 * file that only this user can read and that leads on to the address.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface OpenedBrowser {
  /** Takes the file away; safe to call more than once. */
  forget(): Promise<void>;
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/**
 * @param url of this host: its characters need no escaping
 * @param folder the user's own
 * @param onFailure told where no browser can be opened
 */
export async function openBrowser(url: string, folder: string, onFailure: () => void): Promise<OpenedBrowser> {
  const file = path.join(folder, `enter-${randomBytes(8).toString('hex')}.html`);
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
