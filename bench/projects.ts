/**
 * What a project of 10,000 clips costs: opening it, and one edit, in memory and until it is on disk. Modules loaded one by one
 * are several times slower than the bundle that ships, so measure a bundle:
 * `npx rolldown bench/projects.ts --platform node --file out/projects-bench.js && node out/projects-bench.js`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Change } from '#shared/project/change';
import { asEdit, type Edit } from '#shared/project/edit';
import { setLevels } from '#shared/project/edits/appearance';
import { rippleDelete } from '#shared/project/edits/remove-clips';
import { trim } from '#shared/project/edits/trim';
import { newProjectId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { clipId, largeProject } from '#shared/project/project.test-fixtures';
import { emptyStacks } from '#main/projects/entry';
import type { OpenProject } from '#main/projects/open-project';
import { ProjectStore } from '#main/projects/project-store';
import { writeFolder } from '#main/projects/write-folder';
import { nodeFileSystem } from '#main/files/file-system';
import { openSharedHome } from '#main/files/shared-home';

const clips = 10_000;
const edits = 200;

function share(times: readonly number[], percentile: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length * percentile) - 1] ?? Number.NaN).toFixed(1).padStart(8);
}

function report(what: string, times: readonly number[]): void {
  process.stdout.write(`${what.padEnd(46)}${share(times, 0.5)}${share(times, 0.95)}${share(times, 1)}\n`);
}

async function timed(times: number[], work: () => unknown): Promise<void> {
  const start = performance.now();
  await work();
  times.push(performance.now() - start);
}

/** Edits spread over the whole project: made as a window makes them, then sent to and kept by the open project. */
async function measureEdits(
  what: string,
  open: OpenProject,
  count: number,
  make: (project: Project, at: number) => Change,
) {
  const [made, kept]: [number[], number[]] = [[], []];
  for (let at = 0; at < count; at += 1) {
    let edit: Edit | undefined;
    await timed(made, () => (edit = asEdit(make(open.project, at))));
    if (edit !== undefined) {
      const proposed = edit;
      await timed(kept, () => open.apply(proposed));
    }
  }
  report(`${what}: made`, made);
  report(`${what}: applied, synced, acknowledged`, kept);
}

async function measure(folder: string, tracks: number): Promise<void> {
  const home = await openSharedHome(path.join(folder, 'home'));
  const store = new ProjectStore({ locks: home.locks, recentFile: path.join(folder, 'recent.json') });
  const project = { ...largeProject(clips, tracks), id: newProjectId() };
  const target = path.join(folder, `${tracks}.sluice`);
  await writeFolder(nodeFileSystem, target, { project, revision: 0, stacks: emptyStacks });
  const victim = (at: number) => clipId(`x${(at * 7919) % clips}`);
  const title = `${clips} clips on ${tracks} tracks, milliseconds`;
  process.stdout.write(`\n${title.padEnd(46)}${'median'.padStart(8)}${'p95'.padStart(8)}${'worst'.padStart(8)}\n`);

  const opened: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    let open: OpenProject | undefined;
    await timed(opened, async () => (open = await store.open(target)));
    await open?.close();
  }
  report('open', opened);

  const open = await store.open(target);
  await measureEdits('opacity', open, edits, (at, n) => setLevels(at, { clipIds: [victim(n)], opacity: (n % 9) / 10 }));
  await measureEdits('trim', open, edits, (at, n) => {
    const clip = at.clips.get(victim(n + edits));
    return trim(at, { clipId: victim(n + edits), edge: 'end', toFrame: (clip?.startFrame ?? 0) + 20 });
  });
  await measureEdits('ripple delete', open, 20, (at, n) => rippleDelete(at, { clipIds: [victim(n + 2 * edits)] }));
  const undone: number[] = [];
  for (let step = 0; step < 20; step += 1) await timed(undone, () => open.undo());
  report('undo of these', undone);
  await open.close();
  await home.close();
}

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
try {
  for (const tracks of [1, 10]) await measure(folder, tracks);
} finally {
  await rm(folder, { recursive: true, force: true });
}
