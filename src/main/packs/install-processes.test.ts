import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newLibrary, packEntries, zipFile } from './installation.test-support';
import { writePack } from './pack.test-support';

describe('several processes', { timeout: 120_000 }, () => {
  function start(home: string, source: string): ChildProcess {
    const jiti = path.join(
      path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')),
      'lib/jiti-cli.mjs',
    );
    return fork(jiti, [path.join(import.meta.dirname, 'install.test-process.ts'), home, source]);
  }

  async function result(child: ChildProcess): Promise<unknown> {
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    // What it said last may arrive after its end; nothing arrives after the end of its channel.
    await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    return messages.at(-1);
  }

  test('that install one pack at once all succeed, and one of them installs it', async () => {
    const { library, home, installed } = await newLibrary();
    const [folder, file] = [await writePack(), await zipFile(packEntries())];
    const results = await Promise.all([start(home, folder), start(home, file)].map(result));
    const { hash } = await library.resolve('tiny');
    expect(results).toEqual(
      expect.arrayContaining([
        { isNew: true, hash },
        { isNew: false, hash },
      ]),
    );
    expect(await installed()).toEqual([hash]);
  });

  test('of which one is killed while it installs: nothing has a name, the next one clears up and installs', async () => {
    const { library, home, installed } = await newLibrary();
    const folder = await writePack();
    const child = start(home, folder);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const name of await installed()) expect(name).toMatch(/^\.installing-|^[0-9a-f]{64}$/);
    const { pack } = await library.installFromFolder(folder);
    expect(await installed()).toEqual([pack.hash]);
  });
});
