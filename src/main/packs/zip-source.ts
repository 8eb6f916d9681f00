/**
 * Installs a pack from a zip file, in which the pack is either the whole or the only folder.
 *
 * The directory of the zip file is read first and checked as a whole: nothing is unpacked from an archive that names anything
 * but plain files under plain paths, that unpacks to far more than it is, or whose entries share bytes. Where files are
 * written is decided by the manifest's list, never by a name out of the archive.
 */
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SluiceError } from '#shared/errors';
import { packPathSchema } from '#shared/pack-manifest';
import { largestManifestBytes, manifestName } from './manifest/manifest';
import { checkFileList, isDropping } from './pack-files';
import { packInvalid, shown } from './pack-invalid';
import type { OpenPackSource, PackSource } from './pack-source';

/** As many as a manifest can list, with room for folders and droppings. */
const mostEntries = 1024;
/**
 * Weights hardly compress, JSON some twentyfold; deflate reaches 1030. Archives below the allowance may do what they like: they
 * cannot fill anything.
 */
const largestRatio = 100;
const ratioAllowanceBytes = 16 * 1024 ** 2;
const methods = { stored: 0, deflated: 8 };
/** Size of a local file header without its name (APPNOTE.TXT 4.3.7). */
const localHeaderBytes = 30;
const fileTypeMask = 0o170000;
const plainFileTypes = [0, 0o100000];
const folderTypes = [0, 0o040000];

export function zipSource(file: string): PackSource {
  return { description: file, open: () => withZipErrors(() => openZip(file)) };
}

async function openZip(file: string): Promise<OpenPackSource> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() !== true)
    throw new SluiceError('pack-not-found', `There is no zip file ${shown(file)}. Check the path.`);
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    return openSource(zip, await readEntries(zip, stats.size));
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openSource(zip: ZipFile, entries: ReadonlyMap<string, Entry>): OpenPackSource {
  const prefix = packPrefix([...entries.keys()]);
  const read = (name: string) => readPieces(zip, entries.get(prefix + name), name);
  return {
    readManifest: async () => {
      const size = entries.get(prefix + manifestName)?.uncompressedSize ?? 0;
      if (size > largestManifestBytes) throw refused(`its manifest has ${size} bytes`);
      return await buffer(read(manifestName));
    },
    checkFiles: (manifest) => {
      const sizes = [...entries].map(
        ([name, entry]) => [name.slice(prefix.length), BigInt(entry.uncompressedSize)] as const,
      );
      checkFileList(manifest, new Map(sizes));
      return Promise.resolve();
    },
    readFile: (file) => read(file.path),
    close: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}

/** The files of the archive by name, each checked by itself and with the others. */
async function readEntries(zip: ZipFile, zipBytes: number): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > mostEntries) throw refused(`it has ${zip.entryCount} entries, and ${mostEntries} are allowed`);
  const entries = new Map<string, Entry>();
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const isFolder = entry.fileName.endsWith('/');
    const name = isFolder ? entry.fileName.slice(0, -1) : entry.fileName;
    if (isDropping(name)) continue;
    checkEntry(entry, name, isFolder);
    if (names.has(name.toLowerCase())) throw refused(`it holds ${shown(name)} twice, or in two cases`);
    names.add(name.toLowerCase());
    if (!isFolder) entries.set(name, entry);
  }
  checkSizes([...entries.values()], zipBytes);
  return entries;
}

function checkEntry(entry: Entry, name: string, isFolder: boolean): void {
  if (!packPathSchema.safeParse(name).success)
    throw refused(`it holds ${shown(entry.fileName)}, which is no plain path`);
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  if (!(isFolder ? folderTypes : plainFileTypes).includes(type))
    throw refused(`its entry ${shown(name)} is a link or a device`);
  if (entry.isEncrypted()) throw refused(`its entry ${shown(name)} is encrypted`);
  const { compressionMethod } = entry;
  if (compressionMethod !== methods.stored && compressionMethod !== methods.deflated)
    throw refused(`its entry ${shown(name)} is compressed by method ${compressionMethod}`);
}

/** Entries must lie one behind the other: those that share bytes unpack to more than the archive is (Fifield 2019). */
function checkSizes(entries: readonly Entry[], zipBytes: number): void {
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  let unpacked = 0;
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader < end) throw refused(`its entry ${shown(entry.fileName)} overlaps another`);
    end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  if (end > zipBytes) throw refused('an entry ends behind its end');
  if (unpacked > ratioAllowanceBytes + largestRatio * zipBytes)
    throw refused(`its ${zipBytes} bytes would unpack to ${unpacked}`);
}

/** What stands before `manifest.json`: nothing, or the name of the one folder that everything is in. */
function packPrefix(names: readonly string[]): string {
  if (names.includes(manifestName)) return '';
  const prefix = `${names[0]?.split('/')[0] ?? ''}/`;
  if (!names.includes(prefix + manifestName) || !names.every((name) => name.startsWith(prefix)))
    throw refused(`it has no ${manifestName} at its top, nor in an only folder`);
  return prefix;
}

function refused(why: string): SluiceError {
  return packInvalid(`The zip file is refused: ${why}.`, 'Make it again from a valid pack, or download it again.');
}

/**
 * The pieces of an entry. Its stream fails by itself where the entry is damaged, so it must have a reader from the moment on
 * that it is opened: an error that nobody listens to ends the process.
 */
async function* readPieces(zip: ZipFile, entry: Entry | undefined, name: string): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw refused(`it holds no ${shown(name)}`);
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw zipError(error);
  }
}

async function withZipErrors<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw zipError(error);
  }
}

const wholeFile = 'Check that it is a whole zip file, or download it again.';

/** The zip reader and the inflater throw plain errors. */
function zipError(error: unknown): unknown {
  if (error instanceof SluiceError || !(error instanceof Error)) return error;
  if (/^end of central directory record/i.test(error.message))
    return packInvalid('This is no zip file, or its end is missing.', wholeFile, undefined, error);
  return packInvalid(`The zip file cannot be read: ${shown(error.message)}.`, wholeFile, undefined, error);
}
