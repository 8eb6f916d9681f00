/** The artifact that a person means by the beginning of its key. */
import { SluiceError } from '#shared/errors';
import type { Artifact, ArtifactStore } from '../artifacts/artifact-store';

const fewestDigits = 8;
const keyPattern = new RegExp(`^[0-9a-f]{${fewestDigits},64}$`, 'i');

/** Whether `text` could be meant as a key. */
export function looksLikeKey(text: string): boolean {
  return keyPattern.test(text);
}

/** Throws `artifact-missing` where none or several begin so. */
export async function artifactByKey(artifacts: ArtifactStore, key: string): Promise<Artifact> {
  const found = looksLikeKey(key)
    ? (await artifacts.list()).filter((artifact) => artifact.key.startsWith(key.toLowerCase()))
    : [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const why =
    found.length > 1
      ? `${found.length} artifacts begin so, give more digits`
      : looksLikeKey(key)
        ? 'there is no artifact with that key'
        : `there is no such file, and a key has at least ${fewestDigits} hexadecimal digits`;
  throw new SluiceError('artifact-missing', `"${key}" is not found: ${why}. See "sluice artifacts list".`, {
    details: { key },
  });
}
