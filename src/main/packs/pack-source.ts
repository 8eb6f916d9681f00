/**
 * Where a pack is installed from. A folder and a zip file are such sources; a download (a URL, a Hugging Face repository) will
 * be a third, and brings its own resuming behind `readFile`. What a source hands out is not trusted: the installation
 * verifies it where it was written.
 */
import type { PackFile, PackManifest } from '#shared/pack-manifest';

export interface PackSource {
  /** The path or address, for messages. */
  readonly description: string;
  /** Throws `pack-not-found` or `pack-invalid`. */
  open(): Promise<OpenPackSource>;
}

export interface OpenPackSource {
  /** Bytes of the manifest, at most one more than allowed. */
  readManifest(): Promise<Uint8Array>;
  /** Throws `pack-invalid` where the source cannot deliver exactly the files of `manifest`, before anything is written. */
  checkFiles(manifest: PackManifest): Promise<void>;
  /**
   * Contents of a listed file, in pieces, opened at the first and closed after the last. May end early or go on too long where
   * the source is damaged. Throws `pack-invalid`.
   */
  readFile(file: PackFile): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
