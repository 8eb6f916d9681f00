/** Who looks into a pack's files once their hashes are right: the thread that asks, or one of its own (`content-thread/`). */
import type { PackFile, PackManifest } from '#shared/pack-manifest';
import { checkFileContent } from './file-content';

export interface ContentChecks {
  /** Checks a file whose hash was verified, and describes it in a few words. Throws `pack-invalid`. */
  check(file: PackFile): Promise<string>;
  /** Lets go of what checking took. */
  close(): Promise<void>;
}

/** For the pack in `directory`; `signal` ends a check that is running. */
export type OpenContentChecks = (directory: string, manifest: PackManifest, signal?: AbortSignal) => ContentChecks;

export const checkHere: OpenContentChecks = (directory, manifest) => ({
  check: (file) => checkFileContent(directory, manifest, file),
  close: () => Promise.resolve(),
});
