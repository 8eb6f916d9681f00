/** Brings files into the project one after the other, with how far each is, and stops one that is no longer wanted. */
import type { MediaId } from '#shared/project/ids';
import type { ImportSource } from '#shared/studio/media';
import type { Studio } from '../studio/studio';
import type { BroughtFile } from './brought-file';
import type { Arrival } from './media-store';
import { sendFile } from './send-file';

export interface ImportedFile {
  readonly mediaId: MediaId;
  /** False: the project had it already. */
  readonly isNew: boolean;
  readonly name: string;
  /** Of a sample, where they are more than are kept. */
  readonly bits?: number | undefined;
}

let lastId = 0;
const turns = new WeakMap<Studio, Promise<unknown>>();

/** Those that came; of the others it was said why not. */
export async function importMedia(studio: Studio, files: readonly BroughtFile[]): Promise<readonly ImportedFile[]> {
  const coming = files.map((file) => arriving(studio, file));
  const imported: ImportedFile[] = [];
  for (const { file, id, signal } of coming) {
    const turn = (turns.get(studio) ?? Promise.resolve()).then(() => importOne(studio, file, id, signal));
    turns.set(studio, turn);
    const done = await turn;
    if (done !== undefined) imported.push(done);
  }
  return imported;
}

function arriving({ media }: Studio, file: BroughtFile) {
  const controller = new AbortController();
  lastId += 1;
  const arrival: Arrival = {
    ...{ id: lastId, name: file.name, step: 'waiting', share: 0 },
    stop: () => controller.abort(),
  };
  media.setState(({ arrivals }) => ({ arrivals: [...arrivals, arrival] }));
  return { file, id: arrival.id, signal: controller.signal };
}

async function importOne(
  studio: Studio,
  file: BroughtFile,
  id: number,
  signal: AbortSignal,
): Promise<ImportedFile | undefined> {
  const { media } = studio;
  const turn = (step: Arrival['step'], share: number): void =>
    media.setState(({ arrivals }) => ({
      arrivals: arrivals.map((one) => (one.id === id ? { ...one, step, share } : one)),
    }));
  try {
    signal.throwIfAborted();
    const source = await sourceOf(studio, file, (share) => turn('sending', share), signal);
    const { open } = studio.document.getState();
    for await (const event of studio.channel().stream('importMedia', { open, source }, signal)) {
      if (event.kind === 'imported') return { ...event, name: file.name };
      turn(event.step, event.share);
    }
  } catch (error) {
    studio.report(error);
  } finally {
    media.setState(({ arrivals }) => ({ arrivals: arrivals.filter((one) => one.id !== id) }));
  }
  return undefined;
}

async function sourceOf(
  studio: Studio,
  file: BroughtFile,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportSource> {
  if (file.kind === 'path') return { kind: 'file', path: file.path };
  const channel = studio.channel();
  const { open } = studio.document.getState();
  const { id } = await channel.request('beginUpload', { open, name: file.name, sizeBytes: file.file.size });
  try {
    await sendFile(file.file, id, onProgress, signal);
    return { kind: 'upload', id };
  } catch (error) {
    await channel.request('dropUpload', { id }).catch(() => undefined);
    throw error;
  }
}
