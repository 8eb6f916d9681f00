/** What the system around one window can do for it. Each door has its own: `../shell` an Electron window's, `browser-desktop.ts` a browser's. */
import type { z } from 'zod';
import type { Menu, PathAnswer, pathQuestionSchema } from '#shared/studio/desktop';

export type AskedPath = z.output<typeof pathQuestionSchema>;

export interface Desktop {
  /** The project's folder that this window was opened for. */
  readonly opening: string | undefined;
  /** By the system's own dialog, where there is one. */
  choosePaths(question: AskedPath): Promise<PathAnswer>;
  /** Shows a file that is there in its folder. Throws `invalid-argument` where that cannot be done. */
  reveal(file: string): Promise<void>;
  /** With the person's own program. Throws as `reveal`. */
  open(file: string): Promise<void>;
  setMenu(menu: Menu): void;
  /** Calls `listener` with each command that is chosen in the menu bar; returns how to stop that. */
  onMenuChoice(listener: (command: string) => void): () => void;
}
