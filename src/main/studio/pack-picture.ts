/** A picture that comes with a pack. Only files that the manifest lists, and only what their bytes say is a picture. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { SluiceError } from '#shared/errors';
import { mostPictureBytes, type packPictureSchema } from '#shared/studio/packs';
import type { Pack } from '../packs/pack';

type Picture = z.input<typeof packPictureSchema>;

/** Throws `invalid-argument` for what is no picture of the pack. */
export async function packPicture({ directory, manifest }: Pack, name: string): Promise<Picture> {
  const listed = manifest.files.find((file) => file.path === name);
  if (listed === undefined || listed.sizeBytes > mostPictureBytes) throw refused(name);
  await using file = await open(path.join(directory, listed.path), 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(listed.sizeBytes), 0, listed.sizeBytes, 0);
  const bytes = new Uint8Array(buffer.subarray(0, bytesRead));
  const type = typeOf(bytes);
  if (type === undefined) throw refused(name);
  return { type, bytes };
}

/** By the first bytes: PNG, JPEG, WebP (RIFF). */
function typeOf(bytes: Uint8Array): Picture['type'] | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'image/webp' : undefined;
}

function refused(name: string): SluiceError {
  return new SluiceError('invalid-argument', `The pack has no picture "${name}" that can be shown.`, {
    details: { name },
  });
}
