/** A project is the same whichever door it is opened by: the Electron shell, with a stand-in for Electron, and the host that serves browsers. */
import { describe, expect, it } from 'vitest';
import { addMarker } from '#shared/project/edits/markers';
import { newMarkerId } from '#shared/project/ids';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio } from '../studio/studio.test-support';
import { make, makeShot, type Window } from '../studio/window.test-support';
import { bootIn, temporaryFolder } from './booted-shell.test-support';

/** Each window has a name of its own for what it has open. */
const anyWindow = { open: expect.stringMatching(/^open-/) as unknown };

async function markAt(window: Window, folder: string, frame: number): Promise<void> {
  const opened = await window.request('openProject', { folder });
  const marker = { id: newMarkerId(), frame, name: 'Here', colour: 'grey' } as const;
  await make(window, opened, (project) => addMarker(project, { marker }));
}

describe('a project', () => {
  it('made by Electron opens in the browser with its state and undo, and back again', async () => {
    const folder = await temporaryFolder();
    const shell = bootIn(folder);
    const window = await shell.connect();
    const { folder: project, ...made } = await window.request('createProject', { title: 'Harbour' });
    await makeShot(window, { folder: project, ...made }, { packHash: testPack().hash });
    await markAt(window, project, 24);
    const inElectron = await window.request('openProject', { folder: project });
    await shell.order('quit');
    expect(await shell.exited).toBe(0);

    const studio = await startStudio(folder);
    const browser = await studio.open();
    const { projects } = await browser.request('recentProjects', {});
    expect(projects.map((recent) => recent.folder)).toContain(project);
    const inBrowser = await browser.request('openProject', { folder: project });
    expect(inBrowser).toEqual({ ...inElectron, ...anyWindow });
    await browser.request('undo', { open: inBrowser.open });
    const undone = await browser.request('openProject', { folder: project });
    expect([undone.project.markers.size, undone.project.shots.size]).toEqual([0, 1]);
    await browser.request('redo', { open: inBrowser.open });
    await markAt(browser, project, 48);
    const left = await browser.request('openProject', { folder: project });
    await studio.close();

    const again = bootIn(folder);
    const later = await again.connect();
    const back = await later.request('openProject', { folder: project });
    expect(back).toEqual({ ...left, ...anyWindow });
    for (let step = 0; step < 3; step += 1) await later.request('undo', { open: back.open });
    const atFirst = await later.request('openProject', { folder: project });
    expect(atFirst.project).toEqual(made.project);
    expect(atFirst.stacks.redo).not.toBeNull();
  });
});
