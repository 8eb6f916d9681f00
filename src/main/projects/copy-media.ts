/** The media that a project keeps in its own folder, for a copy of the project: it must not need the first one's. */
import path from 'node:path';
import { syncFolder } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import { archivedMediaFolder } from './archive-layout';
import { readIfThere } from './load';

/** Nothing happens where the project keeps none. Throws what copying throws. */
export async function copyMedia(files: FileSystem, from: string, to: string): Promise<void> {
  const names = (await readIfThere(() => files.readdir(path.join(from, archivedMediaFolder)))) ?? [];
  const whole = names.filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (whole.length === 0) return;
  const folder = path.join(to, archivedMediaFolder);
  await files.mkdir(folder, { recursive: true });
  for (const name of whole) {
    const copy = path.join(folder, name);
    await files.copyFile(path.join(from, archivedMediaFolder, name), copy);
    const handle = await files.open(copy, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  await syncFolder(folder, files);
}
