/** What a window asks of the system around it: checked here for every door, done by the door. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import type { Calls, Streams } from './calls';
import type { Desktop } from './desktop';
import { followEvents } from './follow';

/** What programs show. Nothing that a system would run instead: the window that asks may have been taken over. */
const shown = new Set(
  ['.mp4', '.m4v', '.mov', '.mkv', '.webm', '.avi', '.gif', '.png', '.jpg', '.jpeg', '.webp', '.avif'].concat([
    ...['.wav', '.mp3', '.m4a', '.flac', '.ogg', '.opus'],
  ]),
);

export function desktopCalls(
  desktop: Desktop,
): Calls<'choosePaths' | 'revealFile' | 'openFile' | 'setMenu' | 'opening'> {
  return {
    choosePaths: (question) => desktop.choosePaths(question),
    revealFile: async ({ file }) => {
      await requireThere(file);
      await desktop.reveal(file);
      return {};
    },
    openFile: async ({ file }) => {
      const isFile = await requireThere(file);
      if (!isFile || !shown.has(path.extname(file).toLowerCase()))
        throw refused(
          file,
          'is no film, sound or picture, and is not opened from here. Show it in its folder instead.',
        );
      await desktop.open(file);
      return {};
    },
    setMenu: (menu) => {
      desktop.setMenu(menu);
      return Promise.resolve({});
    },
    opening: () => Promise.resolve({ folder: desktop.opening ?? null }),
  };
}

export function desktopStreams(desktop: Desktop): Streams<'menuChoices'> {
  return {
    menuChoices: async function* (_, signal) {
      const choices = followEvents<string>((listener) => desktop.onMenuChoice(listener), signal);
      for await (const command of choices) yield { command };
    },
  };
}

/** Whether it is a file. Throws `invalid-argument` where nothing is there. */
async function requireThere(file: string): Promise<boolean> {
  const facts = path.isAbsolute(file) ? await stat(file).catch(() => undefined) : undefined;
  if (facts === undefined) throw refused(file, 'is not there any more. It was moved or removed.');
  return facts.isFile();
}

function refused(file: string, why: string): SluiceError {
  return new SluiceError('invalid-argument', `"${file}" ${why}`, { details: { file } });
}
