/**
 * Validation of a pack's directory: every check in order, each with its outcome. All doors use it (built-in packs, the user's
 * folder, installation, a path on the command line), and it runs before any part of the pack is handed to ONNX Runtime.
 */
import type { PackManifest } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';
import { checkHere, type OpenContentChecks } from './content-checks';
import { parseManifest, type ReadManifest } from './manifest/manifest';
import type { Pack } from './pack';
import {
  checkFileHash,
  checkFileList,
  findFiles,
  type FoundFile,
  packDirectory,
  readManifestBytes,
} from './pack-files';
import type { VerificationMemory } from './verification-memory';

export interface PackCheck {
  /** What was checked: `manifest`, `files`, or a file's path. */
  readonly subject: string;
  readonly outcome:
    { readonly kind: 'passed'; readonly note: string } | { readonly kind: 'failed'; readonly error: Error };
}

export interface PackReport {
  /** Absolute. */
  readonly directory: string;
  /** Absent where the manifest itself is unusable. */
  readonly hash?: Sha256;
  readonly manifest?: PackManifest;
  readonly checks: readonly PackCheck[];
}

export interface InspectOptions {
  readonly signal?: AbortSignal;
  /** Who looks into graphs and tokenizer; the calling thread where absent. */
  readonly contents?: OpenContentChecks;
}

/**
 * Reads every byte of the pack and reports on every check; what a failed check makes meaningless is left out. Throws
 * `pack-not-found` where there is no such directory, and the cancellation of `signal`.
 */
export async function inspectPack(directory: string, options: InspectOptions = {}): Promise<PackReport> {
  const { signal, contents = checkHere } = options;
  const root = await packDirectory(directory);
  const checks: PackCheck[] = [];
  const check = async <T>(subject: string, note: (result: T) => string, run: () => Promise<T> | T) => {
    signal?.throwIfAborted();
    try {
      const result = await run();
      checks.push({ subject, outcome: { kind: 'passed', note: note(result) } });
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      checks.push({ subject, outcome: { kind: 'failed', error: asError(error) } });
      return undefined;
    }
  };

  const read = await check<ReadManifest>('manifest', describeManifest, () => readManifest(root));
  if (read === undefined) return { directory: root, checks };
  await check<readonly FoundFile[]>('files', describeFiles, () => listedFiles(root, read.manifest));
  const looking = contents(root, read.manifest, signal);
  try {
    for (const file of read.manifest.files)
      await check<string>(
        file.path,
        (note) => note,
        async () => {
          await checkFileHash(root, file, signal);
          return await looking.check(file);
        },
      );
  } finally {
    await looking.close();
  }
  return { directory: root, hash: read.hash, manifest: read.manifest, checks };
}

/**
 * The pack in `directory`, verified, or known from `memory` to be unchanged since it was. Throws `pack-not-found` where there
 * is no such directory, `pack-invalid` with the first thing that is wrong, or the cancellation of `signal`.
 */
export async function validatePack(
  directory: string,
  options: InspectOptions & { readonly memory?: VerificationMemory } = {},
): Promise<Pack> {
  const { memory } = options;
  const root = await packDirectory(directory);
  const { manifest, hash } = await readManifest(root);
  const files = await listedFiles(root, manifest);
  const pack = { directory: root, hash, manifest };
  if ((await memory?.knows(root, hash, files)) === true) return pack;
  const report = await inspectPack(root, options);
  for (const { outcome } of report.checks) if (outcome.kind === 'failed') throw outcome.error;
  await memory?.remember(root, hash, files);
  return pack;
}

/** Manifest of the pack in `directory`, checked by itself; its files are not looked at. Throws `pack-invalid`. */
export async function readManifest(directory: string): Promise<ReadManifest> {
  return parseManifest(await readManifestBytes(directory));
}

/** What is in the directory, which is what the manifest lists. Throws `pack-invalid`. */
export async function listedFiles(directory: string, manifest: PackManifest): Promise<readonly FoundFile[]> {
  const files = await findFiles(directory);
  checkFileList(manifest, new Map(files.map(({ path, stat }) => [path, stat.size])));
  return files;
}

function describeManifest({ manifest }: ReadManifest): string {
  return `${manifest.name} ${manifest.version}, ${manifest.stages.length} stages`;
}

function describeFiles(files: readonly FoundFile[]): string {
  const bytes = files.reduce((sum, file) => sum + Number(file.stat.size), 0);
  return `${files.length} files, ${bytes} bytes`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
