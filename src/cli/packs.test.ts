/** Packs from the command line: installed from a folder and from a zip, used, removed. */
import { cpSync, createWriteStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { cliWorkplace } from './cli.test-support';

const { folder, run } = cliWorkplace();
const at = (name: string): string => path.join(folder, name);
const testPack = path.resolve(import.meta.dirname, '../../models/test-pack');

/** A pack of another name, which no built-in one is. */
function ownPack(name: string): string {
  cpSync(testPack, at(name), { recursive: true });
  const manifest = at(path.join(name, 'manifest.json'));
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"papercut-test"', `"${name}"`));
  return at(name);
}

async function zipped(directory: string): Promise<string> {
  const zip = new ZipFile();
  for (const name of readdirSync(directory)) zip.addFile(path.join(directory, name), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(`${directory}.zip`));
  return `${directory}.zip`;
}

describe('packs', { timeout: 120_000 }, () => {
  it.each([
    ['a folder', (name: string) => Promise.resolve(ownPack(name))],
    ['a zip file', (name: string) => zipped(ownPack(name))],
  ])('are installed from %s, used by name, and removed', async (what, make) => {
    const name = what === 'a folder' ? 'from-folder' : 'from-zip';
    const source = await make(name);
    expect((await run(['packs', 'install', source])).out).toMatch(new RegExp(`^${name} \\S+ is installed`));
    expect((await run(['packs', 'install', source])).out).toContain('was installed before');
    expect((await run(['packs', 'list'])).out).toMatch(new RegExp(`${name} .* installed .* whole`));
    const plan = await run(['generate', 'a fox', '--pack', name, '--plan']);
    expect(plan).toMatchObject({ status: 0, err: '' });
    expect((await run(['packs', 'remove', name])).out).toMatch(new RegExp(`^${name} \\S+ is removed`));
    expect((await run(['packs', 'list'])).out).not.toContain(name);
    expect(await run(['generate', 'a fox', '--pack', name, '--plan'])).toMatchObject({ status: 3 });
  });

  it('that are none, or built in, are refused', async () => {
    writeFileSync(at('junk.zip'), 'I am no zip file.');
    expect(await run(['packs', 'install', 'junk.zip'])).toMatchObject({ status: 3 });
    expect(await run(['packs', 'install', 'nothing-there'])).toMatchObject({ status: 3 });
    expect(await run(['packs', 'remove', 'papercut-test'])).toMatchObject({ status: 2 });
  });
});
