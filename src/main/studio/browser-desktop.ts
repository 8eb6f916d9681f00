/**
 * The desktop of a window in a browser: it has no dialogs and no menu bar of the system's, but runs on the same machine, so files can be
 * shown and opened there.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SluiceError } from '#shared/errors';
import type { Desktop } from './desktop';

interface Opener {
  readonly program: string;
  readonly open: (file: string) => readonly string[];
  readonly reveal: (file: string) => readonly string[];
}

const openers: Partial<Record<NodeJS.Platform, Opener>> = {
  darwin: { program: 'open', open: (file) => [file], reveal: (file) => ['-R', file] },
  win32: { program: 'explorer.exe', open: (file) => [file], reveal: (file) => [`/select,${file}`] },
};
/** A folder is as much as the systems of freedesktop.org can show in common. */
const freedesktop: Opener = {
  program: 'xdg-open',
  open: (file) => [file],
  reveal: (file) => [path.dirname(file)],
};

/** What has not failed by then shows the file. */
const failsWithinMs = 2000;

export function browserDesktop(platform = process.platform): Desktop {
  const opener = openers[platform] ?? freedesktop;
  return {
    opening: undefined,
    choosePaths: () => Promise.resolve({ kind: 'no-dialogs' }),
    reveal: (file) => run(opener.program, opener.reveal(file), file),
    open: (file) => run(opener.program, opener.open(file), file),
    setMenu: () => undefined,
    onMenuChoice: () => () => undefined,
  };
}

/** Throws `invalid-argument`. */
async function run(program: string, args: readonly string[], file: string): Promise<void> {
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.unref();
  const ended = once(child, 'exit').then(
    // Windows' Explorer ends with 1 when all is well.
    ([status]: unknown[]) => status === 0 || program === 'explorer.exe',
    () => false,
  );
  if (await Promise.race([ended, wait(failsWithinMs, true, { ref: false })])) return;
  throw new SluiceError('invalid-argument', `This machine shows no files here. It is at "${file}".`, {
    details: { file },
  });
}
