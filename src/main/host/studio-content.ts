/** What lies under a path of the studio: the built renderer's files, and pictures of clips below `/media/`. */
import { words, type Content } from './content';
import { importedContent } from './imported-content';
import { mediaContent } from './media-content';
import type { MediaSource } from './media-source';
import type { PlainPath } from './plain-path';
import { rendererFile } from './renderer-files';

export interface ContentSource {
  /** The built renderer, with its index.html. */
  readonly rendererFolder: string;
  readonly media: MediaSource;
}

/** @param signal aborts when nobody waits for the answer any more */
export async function studioContent(
  { rendererFolder, media }: ContentSource,
  path: PlainPath,
  signal: AbortSignal,
): Promise<Content> {
  const [first, ...rest] = path.segments;
  if (first === 'media') return mediaContent(media, { ...path, segments: rest }, signal);
  if (first === 'imported' && media.imported !== undefined)
    return importedContent(media.imported, { ...path, segments: rest }, signal);
  return (await rendererFile(rendererFolder, path.segments)) ?? words(404, 'There is nothing under that name.');
}
