/** A studio over a main in memory, for tests of what stands on it without the whole window. Needs jsdom, `fake-indexeddb` and a `matchMedia`. */
import { ViewDatabase } from '../view-state/database';
import { openViewStore } from '../view-state/view-store';
import type { FakeMain } from './fake-main.test-port';
import { openStudio, type Studio } from './studio';

/** In English and dark. Throws, in a promise of nobody's, what it would tell a person. */
export async function openTestStudio(main: FakeMain): Promise<Studio> {
  const view = await openViewStore(new ViewDatabase(`studio-${Math.random()}`), { theme: 'dark', languages: ['en'] });
  const sample = { title: 'Sample', drawnTitle: 'Drawn', drawn: 'Drawn' };
  return openStudio(main.transport, view, { title: 'New', sample, onNotOpened: () => undefined }, (error) => {
    throw error;
  });
}
