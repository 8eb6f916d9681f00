/**
 * Follows a project that another process writes: looks at its journal again and again, and tells what was added to it. It only reads,
 * and looks instead of being notified, because notices of file systems are lost on network disks.
 */
import type { FileSystem } from '../files/file-system';
import { decodeEntries, type Entry } from './entry';
import type { Layout } from './layout';
import { readIfThere } from './load';
import type { ProjectState } from './snapshot';

/** Soon enough to be seen as live, seldom enough to cost nothing. */
const everyMs = 400;

export interface Followed {
  /** What is known so far. */
  revision(): number;
  /** The next entry, in order. Throws where it does not fit what is known. */
  took(entry: Entry): void;
  /** Too much has happened to tell it one by one: this is the project now. */
  replaced(state: ProjectState): void;
}

/** @param load reads the project as it is saved. Returns how to stop. */
export function followWriter(
  files: FileSystem,
  layout: Layout,
  load: () => Promise<ProjectState>,
  followed: Followed,
): () => void {
  let seen = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    try {
      const now = await marksOf(files, layout);
      if (now !== seen && !isStopped) await catchUp(files, layout, load, followed);
      seen = now;
    } catch {
      // Half written, moved, or unreachable for now: the next look sees more.
    }
    if (!isStopped) timer = setTimeout(() => void look(), everyMs).unref();
  };
  timer = setTimeout(() => void look(), everyMs).unref();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Differs whenever the writer has added something. */
async function marksOf(files: FileSystem, layout: Layout): Promise<string> {
  const facts = await Promise.all([layout.journal, layout.snapshot].map((file) => readIfThere(() => files.stat(file))));
  return facts.map((fact) => `${fact?.ino} ${fact?.size} ${fact?.mtimeMs}`).join(' ');
}

async function catchUp(
  files: FileSystem,
  layout: Layout,
  load: () => Promise<ProjectState>,
  followed: Followed,
): Promise<void> {
  const bytes = await readIfThere(() => files.readFile(layout.journal));
  const entries = bytes === undefined ? [] : decodeEntries(bytes).entries.map(({ entry }) => entry);
  if (entries.some(({ revision }) => revision === followed.revision() + 1)) {
    for (const entry of entries) if (entry.revision === followed.revision() + 1) followed.took(entry);
    return;
  }
  const last = entries.at(-1)?.revision;
  if (last !== undefined && last <= followed.revision()) return;
  const state = await load();
  if (state.revision > followed.revision()) followed.replaced(state);
}
