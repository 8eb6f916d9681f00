/** Packs from the command line: installed from a folder and from a zip, used, removed. */
import { cpSync, createWriteStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { listedFiles } from '#main/packs/inspect-pack';
import { parseManifest } from '#main/packs/manifest/manifest';
import { verificationMemory } from '#main/packs/verification-memory';
import { cliWorkplace } from './cli.test-support';

const { folder, home, run } = cliWorkplace();
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

  it('are verified byte by byte, also after they were verified before', async () => {
    const name = 'flipped';
    await run(['packs', 'install', ownPack(name)]);
    const sound = await run(['packs', 'verify', name]);
    expect(sound.status).toBe(0);
    expect(sound.out).toMatch(new RegExp(`^${name} .*\\n  ✓ manifest`));
    const hash = /\(([0-9a-f]{64})\)/.exec(sound.out)?.[1] ?? '';
    const directory = path.join(home, 'packs', hash);
    const flipped = path.join(directory, 'tokenizer.json');
    const bytes = readFileSync(flipped);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(flipped, bytes);
    const read = parseManifest(readFileSync(path.join(directory, 'manifest.json')));
    const memory = verificationMemory(path.join(home, 'packs', '.verified'));
    await memory.remember(directory, read.hash, await listedFiles(directory, read.manifest));
    expect(await run(['generate', 'a fox', '--pack', name, '--plan'])).toMatchObject({ status: 0 });
    const all = await run(['packs', 'verify', '--json']);
    expect(all.status).toBe(3);
    expect(all.events.map(({ name, state }) => [name, state])).toContainEqual([name, 'invalid']);
    const damaged = await run(['packs', 'verify', name]);
    expect(damaged.status).toBe(3);
    expect(damaged.out).toMatch(/✗ tokenizer\.json .*damaged/);
    expect((await run(['packs', 'install', at(name)])).out).toContain('is installed');
    expect((await run(['packs', 'verify', name])).status).toBe(0);
  });

  it('that are none, or built in, are refused', async () => {
    writeFileSync(at('junk.zip'), 'I am no zip file.');
    expect(await run(['packs', 'install', 'junk.zip'])).toMatchObject({ status: 3 });
    expect(await run(['packs', 'install', 'nothing-there'])).toMatchObject({ status: 3 });
    expect(await run(['packs', 'remove', 'papercut-test'])).toMatchObject({ status: 2 });
  });
});
