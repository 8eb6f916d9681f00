/** Shows a finished file to the person at this machine: in the system's file manager, or in the program that opens it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { SluiceError } from '#shared/errors';

type Showing = (file: string) => readonly [string, ...string[]];

const reveal: Partial<Record<NodeJS.Platform, Showing>> = {
  darwin: (file) => ['open', '-R', file],
  win32: (file) => ['explorer.exe', `/select,${file}`],
};
const open: Partial<Record<NodeJS.Platform, Showing>> = {
  darwin: (file) => ['open', file],
  win32: (file) => ['explorer.exe', file],
};

/** A program that has not failed by then is at work. */
const settledMs = 2000;

/** @param file absolute. Throws `invalid-argument` where this machine has nothing to show it with. */
export async function showFile(file: string, how: 'reveal' | 'open'): Promise<void> {
  const showing = (how === 'reveal' ? reveal : open)[process.platform];
  const [program, ...args] = showing?.(file) ?? ['xdg-open', how === 'reveal' ? path.dirname(file) : file];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.unref();
  const failed = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(true));
    // Windows' Explorer ends with 1 when all is well.
    child.once('exit', (status) => resolve(status !== 0 && process.platform !== 'win32'));
    setTimeout(() => resolve(false), settledMs).unref();
  });
  if (!(await failed)) return;
  throw new SluiceError(
    'invalid-argument',
    `"${program}" cannot show "${file}" on this machine. Copy the path and open it where you want.`,
    { details: { file } },
  );
}
