/**
 * Where the file of a project's media is now: where it was last seen, in the project's own folder, or wherever a file with its hash was seen
 * before. A place is believed only once the file there has that hash.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Media } from '#shared/project/media';
import type { KnownFiles } from './known-files';

export type FoundMedia =
  | { readonly kind: 'here'; readonly path: string }
  /** `lookedAt`: where it was last seen; '': nobody knows. */
  | { readonly kind: 'missing'; readonly why: 'gone' | 'changed'; readonly lookedAt: string };

/** Of a project's folder; files that came by upload or in an archive are there, named by their hash. */
export const mediaFolderName = 'media';

/** Throws the reason of `signal` only. */
export async function findMedia(
  media: Media,
  projectFolder: string,
  known: KnownFiles,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FoundMedia> {
  const hinted = media.pathHint === '' ? '' : path.resolve(projectFolder, media.pathHint);
  let why: 'gone' | 'changed' = 'gone';
  for (const place of placesOf(media, hinted, projectFolder, known)) {
    const facts = await stat(place).catch(() => undefined);
    if (facts?.isFile() !== true) continue;
    const mayBe = media.sizeBytes === undefined || media.sizeBytes === facts.size;
    const hashed = mayBe ? await known.hashOf(place, onProgress, signal).catch(() => undefined) : undefined;
    signal.throwIfAborted();
    if (hashed?.sha256 === media.sha256) return { kind: 'here', path: place };
    if (place === hinted) why = 'changed';
  }
  return { kind: 'missing', why, lookedAt: hinted };
}

function placesOf({ sha256, pathHint }: Media, hinted: string, folder: string, known: KnownFiles): readonly string[] {
  const remembered = known.placesOf(sha256);
  const isTrusted = hinted !== '' && (remembered.includes(hinted) || !isOfNetwork(pathHint));
  return [...new Set([...(isTrusted ? [hinted] : []), path.join(folder, mediaFolderName, sha256), ...remembered])];
}

/** Looking there would send a person's name and a proof of their password to whoever wrote the project. */
function isOfNetwork(place: string): boolean {
  return /^[\\/]{2}/.test(place);
}
