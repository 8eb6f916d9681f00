/** Installs a pack from a folder, which must hold the pack's files and nothing else. */
import path from 'node:path';
import { listedFiles } from './inspect-pack';
import { openPlain, packDirectory, readManifestBytes } from './pack-files';
import type { PackSource } from './pack-source';

const pieceBytes = 1024 ** 2;

export function folderSource(folder: string): PackSource {
  return {
    description: folder,
    open: async () => {
      const directory = await packDirectory(folder);
      return {
        readManifest: () => readManifestBytes(directory),
        checkFiles: async (manifest) => {
          await listedFiles(directory, manifest);
        },
        readFile: (file) => readPieces(path.join(directory, file.path)),
        close: () => Promise.resolve(),
      };
    },
  };
}

async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  const handle = await openPlain(file);
  yield* handle.createReadStream({ highWaterMark: pieceBytes });
}
