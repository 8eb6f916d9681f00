/** Whether ending the program now would cost somebody something, and what to ask then. Pure. */
import type { Menu } from '#shared/studio/desktop';

export interface Unfinished {
  readonly jobs: boolean;
  readonly exports: boolean;
  readonly unsaved: boolean;
}

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** The first one stays, the second one quits. */
  readonly buttons: readonly [string, string];
}

/** Undefined where nothing is at stake, or where no window has said yet in which language to ask. */
export function quitQuestion(unfinished: Unfinished, words: Menu['quitting'] | undefined): QuitQuestion | undefined {
  if (words === undefined) return undefined;
  const kinds = ['unsaved', 'exports', 'jobs'] as const;
  const detail = kinds.filter((kind) => unfinished[kind]).map((kind) => words[kind]);
  if (detail.length === 0) return undefined;
  return { message: words.message, detail: detail.join('\n\n'), buttons: [words.stay, words.quit] };
}
