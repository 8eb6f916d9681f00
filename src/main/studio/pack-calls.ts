/** Packs: the list, a card, installing and removing. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { manifestName } from '../packs/manifest/manifest';
import type { Calls, Streams } from './calls';
import { packPicture } from './pack-picture';
import { refuseWhileUsed } from './pack-use';
import type { StudioParts } from './studio';
import { withProgress } from './with-progress';

export function packCalls({
  packs,
  generation,
  projects,
}: StudioParts): Calls<'packs' | 'packCard' | 'packPicture' | 'removePack'> {
  return {
    packs: (_, signal) => packs.list(signal),
    packCard: async ({ hash }) => ({ markdown: await packs.card(hash) }),
    packPicture: async ({ hash, path: name }) => packPicture(await packs.get(hash), name),
    removePack: async ({ hash }) => {
      refuseWhileUsed({ generation, projects }, hash);
      await packs.library.remove(hash);
      packs.forget();
      return {};
    },
  };
}

type InstallEvent = { kind: 'progress'; share: number } | { kind: 'installed'; hash: string };

export function packStreams({ packs }: StudioParts): Streams<'installPack' | 'packList'> {
  return {
    packList: (_, signal) => packs.follow(signal),
    installPack: async function* ({ path: from }, signal) {
      const isFolder = (await stat(from).catch(() => undefined))?.isDirectory() === true;
      if (isFolder) await requireManifest(from);
      yield* withProgress<InstallEvent>(async (tell) => {
        const onProgress = (done: number, total: number): void =>
          tell({ kind: 'progress', share: total === 0 ? 0 : Math.min(1, done / total) });
        const options = { signal, onProgress };
        const { pack } = await (isFolder
          ? packs.library.installFromFolder(from, options)
          : packs.library.installFromZip(from, options));
        packs.forget();
        return { kind: 'installed', hash: pack.hash };
      }, signal);
    },
  };
}

/** Whoever chose the wrong folder shall not read of damaged packs. Throws `pack-not-found`. */
async function requireManifest(folder: string): Promise<void> {
  const facts = await stat(path.join(folder, manifestName)).catch(() => undefined);
  if (facts?.isFile() === true) return;
  throw new SluiceError(
    'pack-not-found',
    `There is no pack in "${folder}": a pack's folder holds a ${manifestName}. Choose that folder, or a .zip file of it.`,
    { details: { folder } },
  );
}
