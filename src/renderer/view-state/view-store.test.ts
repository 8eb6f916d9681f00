import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readView, ViewDatabase } from './database';
import { openViewStore } from './view-store';

const preferred = { theme: 'dark', languages: ['ko-KR'] } as const;
let database: ViewDatabase;

beforeEach(() => {
  database = new ViewDatabase('test-view');
});
afterEach(() => database.delete());

test('what is set is there again the next time', async () => {
  const store = await openViewStore(database, preferred);
  expect(store.getState()).toMatchObject({ theme: 'dark', language: 'ko', snapping: true });
  store.getState().set({ theme: 'light' });
  store.getState().setLayout('main', { left: 20, right: 80 });
  await expect
    .poll(() => readView(database, 'view'))
    .toMatchObject({ theme: 'light', layouts: { main: { left: 20 } } });
  const again = await openViewStore(database, preferred);
  expect(again.getState()).toMatchObject({ theme: 'light', layouts: { main: { left: 20, right: 80 } } });
});

test('a field that cannot be read falls back alone', async () => {
  await database.view.put({ key: 'view', value: { theme: 'purple', language: 'en', layouts: 7 } });
  const store = await openViewStore(database, preferred);
  expect(store.getState()).toMatchObject({ theme: 'dark', language: 'en', layouts: {} });
});

test('a browser that keeps nothing still has a studio', async () => {
  database.close();
  const closed = new ViewDatabase('test-view');
  await closed.open();
  closed.close({ disableAutoOpen: true });
  const store = await openViewStore(closed, preferred);
  store.getState().set({ snapping: false });
  expect(store.getState().snapping).toBe(false);
});
