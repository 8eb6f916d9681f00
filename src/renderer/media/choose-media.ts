/** Asks for files to import, and for the place of one that is missing. */
import type { Media } from '#shared/project/media';
import { notify } from '../controls/notify';
import { choosePaths } from '../files/choose-paths';
import type { Studio } from '../studio/studio';
import { sayIn } from '../text/text';
import { broughtPaths, type BroughtFile } from './brought-file';
import { importMedia } from './import-media';

/** By the endings that such files usually have; what is inside decides. */
const extensions = [
  ...['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'mpg', 'mpeg', 'ts', 'mts', 'm2ts', 'flv', 'ogv', 'gif'],
  ...['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff'],
  ...['wav', 'mp3', 'aac', 'm4a', 'flac', 'ogg', 'oga', 'opus', 'aif', 'aiff'],
];

export async function chooseAndImport(studio: Studio): Promise<void> {
  const say = sayIn(studio.view.getState().language);
  const types = [{ name: say('media.kinds'), extensions }];
  const paths = await choosePaths(studio, { kind: 'files', title: say('media.choose'), types, many: true });
  await importAndSay(studio, broughtPaths(paths));
}

/** Says of what was there already that it was, else it would seem that nothing happened; and of what loses bits that it does. */
export async function importAndSay(studio: Studio, files: readonly BroughtFile[]) {
  const say = sayIn(studio.view.getState().language);
  const imported = await importMedia(studio, files);
  for (const { isNew, name, bits } of imported) {
    if (!isNew) notify(say('media.already', { name }));
    if (bits !== undefined) notify(say('media.fewerBits', { name, bits }));
  }
  return imported;
}

export async function findAgain(studio: Studio, media: Media): Promise<void> {
  const say = sayIn(studio.view.getState().language);
  const title = say('media.findTitle', { name: media.name });
  const [path] = await choosePaths(studio, { kind: 'files', title });
  if (path === undefined) return;
  try {
    const { open } = studio.document.getState();
    for await (const event of studio.channel().stream('relinkMedia', { open, mediaId: media.id, path }))
      if (event.kind === 'found' && event.mediaIds.length > 1)
        notify(say('media.foundMore', { count: event.mediaIds.length - 1 }));
  } catch (error) {
    studio.report(error);
  }
}

/** `wanted` false: what is being made of it is stopped. */
export async function prepare(studio: Studio, media: Media, wanted: boolean): Promise<void> {
  try {
    const { open } = studio.document.getState();
    await studio.channel().request('prepareMedia', { open, mediaId: media.id, wanted });
  } catch (error) {
    studio.report(error);
  }
}

export async function lookAgain(studio: Studio): Promise<void> {
  try {
    await studio.channel().request('lookForMedia', { open: studio.document.getState().open });
  } catch (error) {
    studio.report(error);
  }
}
