/** Opens an archive as a project of this window. How far it is shows wherever `work.archive` is read; it goes on when nobody looks. */
import { cancellation, SluiceError } from '#shared/errors';
import { choosePaths } from '../files/choose-paths';
import type { StudioChannel } from '../studio/channel';
import type { Studio } from '../studio/studio';
import type { Say } from '../text/text';
import { switchProject } from './switch-project';

/** @returns whether another project is in the window now */
export async function openArchive(studio: Studio, say: Say): Promise<boolean> {
  const [file] = await choosePaths(studio, {
    kind: 'files',
    title: say('projects.pickArchive'),
    types: [{ name: say('projects.archiveKind'), extensions: ['zip'] }],
  });
  if (file === undefined) return false;
  return switchProject(studio, async (channel) => {
    const folder = await folderOfArchive(studio, channel, file);
    return channel.request('openProject', { folder });
  });
}

async function folderOfArchive({ work }: Studio, channel: StudioChannel, file: string): Promise<string> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort(cancellation());
  let folder: string | undefined;
  work.setState({ archive: { file, done: 0, of: 0, cancel } });
  try {
    for await (const event of channel.stream('importArchive', { file }, stop.signal))
      if (event.kind === 'imported') ({ folder } = event);
      else work.setState({ archive: { file, done: event.done, of: event.of, cancel } });
  } finally {
    work.setState({ archive: undefined });
  }
  if (folder === undefined)
    throw new SluiceError('internal', `${file} was read, and no project came of it. Try again.`);
  return folder;
}
