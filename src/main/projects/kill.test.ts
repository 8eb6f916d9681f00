/**
 * Killed at any call that changes the disk, a project opens as it was after the last acknowledged edit, or after the one that
 * was under way. Real processes, real SIGKILL: one for each call.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import type { ProjectStore } from './project-store';
import { usePlace } from './projects.test-fixtures';

const place = usePlace();
let bundle = '';

beforeAll(async () => {
  bundle = await mkdtemp(path.join(tmpdir(), 'sluice-kill-'));
  const entry = path.join(import.meta.dirname, 'kill.test-process.ts');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: bundle,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'process.mjs' } },
    },
  });
}, 60_000);
afterAll(() => rm(bundle, { recursive: true, force: true }));

interface Run {
  readonly killed: boolean;
  /** States, as names of markers, that may be found: the last acknowledged and what was under way. */
  readonly acknowledged: string | undefined;
  readonly doing: string | undefined;
  readonly calls: number;
}

async function run(folder: string, killAt: number): Promise<Run> {
  const child = spawn(process.execPath, [path.join(bundle, 'process.mjs'), folder, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
  const lines = said.split('\n');
  const last = (word: string) => lines.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const ended =
    lines.findLastIndex((line) => line.startsWith('done ')) > lines.findLastIndex((line) => line.startsWith('doing '));
  return {
    killed: signal === 'SIGKILL',
    acknowledged: last('done'),
    doing: ended ? undefined : last('doing'),
    calls: Number(last('calls')),
  };
}

/** What the script's edits make of the state before them. `<` and `>` act on the edits as the script orders them. */
const after: Record<string, Record<string, string>> = {
  '': { a: 'a' },
  a: { b: 'ab', c: 'ac' },
  ab: { '<': 'a' },
  ac: { '<': 'a', d: 'acd' },
  acd: { e: 'acde' },
  acde: { '<': 'acd' },
};

function expected({ acknowledged = '', doing }: Run): readonly string[] {
  if (doing === undefined || doing === 'create') return [acknowledged];
  // Redo from `a` leads to `ac`; it is the only one.
  return [acknowledged, doing === '>' ? 'ac' : (after[acknowledged]?.[doing] ?? '?')];
}

/** Kills the work at one call and opens what it left. Returns whether the edit under way was kept. */
async function killedAt(call: number, store: ProjectStore): Promise<boolean> {
  const folder = path.join(place.folder, String(call));
  await mkdir(folder);
  const killed = await run(folder, call);
  expect(killed.killed).toBe(true);
  const projects = (await readdir(folder)).filter((name) => name.endsWith('.sluice')).sort();
  if (killed.acknowledged === undefined) expect(killed.doing).toBe('create');
  else expect(projects).toContain('Film.sluice');
  const found = [];
  for (const name of projects) {
    const project = await store.open(path.join(folder, name));
    expect(project.state).toEqual({ kind: 'saved' });
    found.push([...project.project.markers.values()].map((marker) => marker.name).join(''));
    await project.close();
    const files = await readdir(path.join(folder, name));
    expect(files.filter((file) => file === 'damaged' || file.endsWith('.partial'))).toEqual([]);
  }
  // Where the project was saved under a second name, that one is where the work went on.
  if (projects.length > 0) expect(expected(killed)).toContain(found.at(-1));
  return found.at(-1) !== killed.acknowledged;
}

const atOnce = 4;

it('loses nothing acknowledged, and mixes nothing, whenever the process is killed', async () => {
  const whole = await run(place.folder, 0);
  expect(whole).toMatchObject({ killed: false, acknowledged: 'acd', doing: undefined });
  expect(whole.calls).toBeGreaterThan(60);
  const store = await place.store();
  let keptUnderWay = 0;
  const calls = Array.from({ length: whole.calls }, (_, index) => index + 1);
  const worker = async (): Promise<void> => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift())
      if (await killedAt(call, store)) keptUnderWay += 1;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(keptUnderWay).toBeGreaterThan(0);
}, 300_000);
