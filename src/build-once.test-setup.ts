/** Builds the bundled entry points once per test run, since tests start the real inference process and the real command line. */
import { existsSync } from 'node:fs';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

/** Called for each project of the run, and always for the one that they extend. */
export default async function buildOnce(project: TestProject): Promise<void> {
  if (!project.isRootProject()) return;
  if (existsSync('src/inference/main.ts')) await build({ logLevel: 'warn' });
  await build({ configFile: 'vite.preload.config.ts', logLevel: 'warn' });
  // Served as it is; its own tests build nothing.
  const renderer = 'vite.renderer.config.ts';
  if (existsSync(renderer) && !existsSync('out/renderer/index.html'))
    await build({ configFile: renderer, logLevel: 'warn' });
}
