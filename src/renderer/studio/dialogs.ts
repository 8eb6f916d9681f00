/** What lies over the work: at most one screen, and over that a question for a file. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MediaId } from '#shared/project/ids';
import type { PathQuestion } from '#shared/studio/desktop';

export const settingsPages = ['general', 'folders', 'performance', 'machine', 'shortcuts'] as const;
export type SettingsPage = (typeof settingsPages)[number];

export interface Dialogs {
  readonly open: 'palette' | 'shortcuts' | 'export' | 'projects' | 'packs' | 'settings' | 'tour' | undefined;
  readonly settingsPage: SettingsPage;
  readonly file: FileQuestion | undefined;
  /** The film that a shot shall begin with. */
  readonly superResolve: FilmToResolve | undefined;
}
export type DialogStore = StoreApi<Dialogs>;

export interface FilmToResolve {
  readonly mediaId: MediaId;
  /** The first of its frames that is wanted. */
  readonly fromFrame: number;
}

/** A question for paths of main's machine that this window asks itself, as its door has no dialogs of the system. */
export interface FileQuestion {
  readonly question: PathQuestion;
  /** Empty: nothing was chosen. */
  readonly answer: (paths: readonly string[]) => void;
}

export function newDialogStore(): DialogStore {
  return createStore<Dialogs>()(() => ({
    open: undefined,
    settingsPage: 'general',
    file: undefined,
    superResolve: undefined,
  }));
}
