/**
 * A process for `kill.test.ts`: works on a project and kills itself, as SIGKILL would, at the n-th call that changes the disk: nothing or half
 * of what that call would have written is written, nothing after it happens. Before each edit it says on stdout what it is about
 * to do, and after it what was acknowledged.
 */
import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { addMarker } from '#shared/project/edits/markers';
import { markerIdSchema, newEditId } from '#shared/project/ids';
import { openSharedHome } from '../files/shared-home';
import { writingCalls, watched } from './faulty-files.test-fixtures';
import type { OpenProject } from './open-project';
import { ProjectStore } from './project-store';

const [folder = '', killAt = '0'] = process.argv.slice(2);
let calls = 0;

const files = watched(async (call, target, content) => {
  if (!writingCalls.has(call) || (calls += 1) !== Number(killAt)) return;
  if (call === 'file.writeFile' && content !== undefined) {
    const bytes = Buffer.from(content);
    const file = await open(target, 'a');
    await file.write(bytes.subarray(0, calls % 2 === 0 ? 0 : Math.floor(bytes.length / 2)));
  }
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
});

const say = (line: string) => writeSync(1, `${line}\n`);
const at = async (project: OpenProject, what: string, doing: () => Promise<unknown>): Promise<void> => {
  say(`doing ${what}`);
  await doing();
  say(`done ${[...project.project.markers.values()].map(({ name }) => name).join('')}`);
};

/** Edits whose effect can be read off the markers' names. */
async function work(project: OpenProject, names: string): Promise<void> {
  for (const name of names) {
    if (name === '<') await at(project, name, () => project.undo());
    else if (name === '>') await at(project, name, () => project.redo());
    else
      await at(project, name, () => {
        const marker = { id: markerIdSchema.parse(`marker-${name}`), frame: 1, name, colour: 'red' as const };
        const { label, patches } = addMarker(project.project, { marker });
        return project.apply({ id: newEditId(), label, patches: [...patches] });
      });
  }
}

const home = await openSharedHome(path.join(folder, 'home'));
const store = new ProjectStore({ locks: home.locks, recentFile: path.join(folder, 'recent.json'), files });
say('doing create');
let project = await store.create(folder, 'Film');
say('done ');
await work(project, 'ab<c');
await project.close();
project = await store.open(path.join(folder, 'Film.sluice'));
await work(project, '<>d');
await store.saveAs(project, path.join(folder, 'Second'));
await work(project, 'e<');
await project.close();
say(`calls ${calls}`);
await home.close();
