import { beforeEach, expect, test, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { openIdSchema, type OpenId } from '#shared/studio/projects';
import type { DocumentStore } from './document-store';
import { followProject } from './follow-project';
import type { Connection } from './studio';

const openId = (digit: string): OpenId => openIdSchema.parse(`open-${digit.repeat(16)}`);
const [first, second] = [openId('1'), openId('2')];

let document: StoreApi<{ open: OpenId; revision: number }>;
let connection: StoreApi<Connection>;
let report: (error: unknown) => void;
let listened: { readonly open: OpenId; readonly signal: AbortSignal }[];

beforeEach(() => {
  document = createStore(() => ({ open: first, revision: 1 }));
  connection = createStore<Connection>(() => ({ kind: 'connected' }));
  report = vi.fn();
  listened = [];
});

function follow(fails?: Error): void {
  const studio = { document: document as unknown as DocumentStore, connection, report };
  followProject(studio, async (open, signal) => {
    listened.push({ open, signal });
    if (fails !== undefined) throw fails;
    await new Promise(() => undefined);
  });
}

test('is listened to once, whatever changes in the project', () => {
  follow();
  document.setState({ revision: 2 });
  expect(listened).toMatchObject([{ open: first, signal: { aborted: false } }]);
});

test('another project takes the place of the one before', () => {
  follow();
  document.setState({ open: second });
  expect(listened).toMatchObject([
    { open: first, signal: { aborted: true } },
    { open: second, signal: { aborted: false } },
  ]);
});

test('is listened to anew over another connection, and not while there is none', () => {
  follow();
  connection.setState({ kind: 'lost', because: undefined, attempt: 1 }, true);
  document.setState({ revision: 2 });
  expect(listened).toHaveLength(1);
  connection.setState({ kind: 'connected' }, true);
  expect(listened).toMatchObject([{ signal: { aborted: true } }, { open: first, signal: { aborted: false } }]);
});

test('what went wrong is reported', async () => {
  const problem = new Error('as the test said');
  follow(problem);
  await vi.waitFor(() => expect(report).toHaveBeenCalledWith(problem));
});
