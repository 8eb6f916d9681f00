/** Gives the files of a run one folder for the studio's window: the first that opens one builds it there, the others find it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { rendererIn, runFolderVariable } from './renderer.test-support';

export default function oneRenderer(project: TestProject): void {
  const runFolder = mkdtempSync(path.join(tmpdir(), 'sluice-renderer-'));
  process.env[runFolderVariable] = runFolder;
  // Also where a run is interrupted, which calls no teardown.
  process.once('exit', () => rmSync(runFolder, { recursive: true, force: true }));
  // Files are watched and run again because something has changed, and that may be the window.
  project.onTestsRerun(() => rmSync(rendererIn(runFolder), { recursive: true, force: true }));
}
