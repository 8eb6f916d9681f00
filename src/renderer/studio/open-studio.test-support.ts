/** A studio over a main in memory, for tests of what stands on it without the whole window. Needs jsdom and `fake-indexeddb`. */
import { ViewDatabase } from '../view-state/database';
import { openViewStore, type ViewStore } from '../view-state/view-store';
import type { FakeMain } from './fake-main.test-port';
import { openStudio, type Studio } from './studio';

/** A window's own state in a database of its own: in English and dark. */
export function openTestView(): Promise<ViewStore> {
  return openViewStore(new ViewDatabase(`test-${Math.random()}`), { theme: 'dark', languages: ['en'] });
}

/** Throws, in a promise of nobody's, what it would tell a person. */
export async function openTestStudio(main: FakeMain): Promise<Studio> {
  const sample = { title: 'Sample', drawnTitle: 'Drawn', drawn: 'Drawn' };
  const words = { title: 'New', sample, onNotOpened: () => undefined };
  return openStudio(main.transport, await openTestView(), words, (error) => {
    throw error;
  });
}
