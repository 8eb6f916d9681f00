/** A place to install packs into, and a whole pack as a zip file, for tests. */
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PackLibrary } from './library';
import { draftManifest, packContents, temporaryDirectory } from './pack.test-support';
import { zip, type ZipEntry } from './zip.test-support';

export async function newLibrary(): Promise<{
  library: PackLibrary;
  home: string;
  installed: () => Promise<string[]>;
}> {
  const home = await temporaryDirectory();
  const library = new PackLibrary({ builtInDirectories: [], home });
  const names = () => readdir(path.join(home, 'packs')).catch(() => []);
  return { library, home, installed: async () => (await names()).filter((name) => name !== '.verified') };
}

/** The entries of a whole pack. */
export function packEntries(prefix = ''): ZipEntry[] {
  const contents = packContents();
  const manifest = new TextEncoder().encode(JSON.stringify(draftManifest(contents)));
  return [...contents, ['manifest.json', manifest] as const].map(([name, bytes]) => ({
    name: prefix + name,
    bytes,
    method: 'deflated',
  }));
}

export async function zipFile(entries: readonly ZipEntry[]): Promise<string> {
  const file = path.join(await temporaryDirectory(), 'pack.zip');
  await writeFile(file, zip(entries));
  return file;
}
