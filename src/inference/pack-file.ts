/**
 * Reads a pack's files for use. Every byte that reaches the runtime was hashed in this process just before: a file that was
 * damaged or exchanged after the pack was validated is refused.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import type { PackFile, PackManifest } from '#shared/pack-manifest';

/** A validated pack on disk. */
export interface PackOnDisk {
  readonly packDirectory: string;
  readonly manifest: PackManifest;
}

/** The manifest's entry of a file. Throws `pack-invalid` where it has none. */
export function packFile(pack: PackOnDisk, file: string): PackFile {
  const entry = pack.manifest.files.find(({ path: listed }) => listed === file);
  if (entry === undefined) throw invalid(pack, `its manifest does not list ${file}`);
  return entry;
}

/** Throws `pack-invalid` for a file that is missing or is not the one that the manifest names. */
export async function readPackFile(pack: PackOnDisk, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const entry = packFile(pack, file);
  const bytes = await readFile(path.join(pack.packDirectory, file)).catch((cause: unknown) => {
    throw invalid(pack, `${file} cannot be read`, cause);
  });
  if (bytes.byteLength !== entry.sizeBytes)
    throw invalid(pack, `${file} has ${bytes.byteLength} bytes, its manifest says ${entry.sizeBytes}`);
  if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256)
    throw invalid(pack, `${file} is not the file that its manifest names: its SHA-256 is another`);
  return bytes;
}

/** Reads a JSON file of a pack. Throws `pack-invalid`. */
export async function readPackJson(pack: PackOnDisk, file: string): Promise<unknown> {
  const bytes = await readPackFile(pack, file);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(pack, `${file} is not JSON`, cause);
  }
}

export function invalid(pack: PackOnDisk, what: string, cause?: unknown): SluiceError {
  return new SluiceError('pack-invalid', `The pack ${pack.manifest.name} cannot be used: ${what}. Install it again.`, {
    details: { packDirectory: pack.packDirectory },
    cause,
  });
}
