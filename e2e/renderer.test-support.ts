/**
 * The studio's window as its source is now, for browser tests and benchmarks: built into a folder of its own, since others may build at
 * the same time. The files of one test run share one; a benchmark builds for itself.
 */
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Names the folder of a test run, which `one-renderer.test-setup.ts` makes and removes. */
export const runFolderVariable = 'SLUICE_RENDERER_OF_RUN';

let renderer: Promise<string> | undefined;

/** Returns the folder of what was built: by this call, or by whichever file of the run asked first. */
export function buildRenderer(): Promise<string> {
  const runFolder = process.env[runFolderVariable];
  return (renderer ??= runFolder === undefined ? builtAlone() : builtForRun(runFolder));
}

/** Where it lies in the folder of a run, once it is whole. */
export function rendererIn(runFolder: string): string {
  return path.join(runFolder, 'renderer');
}

async function builtForRun(runFolder: string): Promise<string> {
  const built = rendererIn(runFolder);
  if (existsSync(built)) return built;
  const passing = await mkdtemp(path.join(runFolder, 'passing-'));
  await buildInto(passing);
  // Another file may have built it meanwhile.
  await rename(passing, built).catch((error: unknown) => {
    if (!existsSync(built)) throw error;
  });
  return built;
}

async function builtAlone(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-renderer-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await buildInto(folder);
  return folder;
}

async function buildInto(outDir: string): Promise<void> {
  const configFile = path.resolve('vite.renderer.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
}
