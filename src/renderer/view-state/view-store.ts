/** The view state as the studio uses it: read once before the first picture, then written behind each change. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { preferredLanguage, type Language } from '../text/text';
import { readView, writeView, type ViewDatabase } from './database';
import { parseViewState, type PanelLayout, type Theme, type ViewState } from './view-state';

export interface View extends ViewState {
  readonly theme: Theme;
  readonly language: Language;
}

export interface ViewActions {
  set(change: Partial<View>): void;
  setLayout(group: string, layout: PanelLayout): void;
}

export type ViewStore = StoreApi<View & ViewActions>;

const key = 'view';

/** What the browser prefers where nothing is kept. */
export interface Preferred {
  readonly theme: Theme;
  readonly languages: readonly string[];
}

export async function openViewStore(database: ViewDatabase, preferred: Preferred): Promise<ViewStore> {
  const kept = parseViewState(await readView(database, key));
  const initial: View = {
    ...kept,
    theme: kept.theme ?? preferred.theme,
    language: kept.language ?? preferredLanguage(preferred.languages),
  };
  return createStore<View & ViewActions>()((set, get) => {
    const keep = (change: Partial<View>): void => {
      set(change);
      void writeView(database, key, parseViewState(get()));
    };
    return {
      ...initial,
      set: keep,
      setLayout: (group, layout) => keep({ layouts: { ...get().layouts, [group]: layout } }),
    };
  });
}
