/** What lies over the work: at most one screen, and over that a question for a file. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PathQuestion } from '#shared/studio/desktop';

export const settingsPages = ['general', 'folders', 'performance', 'machine', 'shortcuts'] as const;
export type SettingsPage = (typeof settingsPages)[number];

export interface Dialogs {
  readonly open: 'palette' | 'shortcuts' | 'export' | 'projects' | 'packs' | 'settings' | 'tour' | undefined;
  readonly settingsPage: SettingsPage;
  readonly file: FileQuestion | undefined;
}
export type DialogStore = StoreApi<Dialogs>;

/** A question for paths of main's machine that this window asks itself, as its door has no dialogs of the system. */
export interface FileQuestion {
  readonly question: PathQuestion;
  /** Empty: nothing was chosen. */
  readonly answer: (paths: readonly string[]) => void;
}

export function newDialogStore(): DialogStore {
  return createStore<Dialogs>()(() => ({ open: undefined, settingsPage: 'general', file: undefined }));
}
