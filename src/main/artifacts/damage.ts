/** Whether what lies in the artifact store's folder is what it says it is. Only looks; what to do about it is the store's. */
import { openFrameFile, type FrameFileReader } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import type { Sha256 } from '#shared/units';
import { readJsonFile } from '../files/json-file';
import type { ArtifactFiles } from './artifact-files';
import { artifactMetadataSchema, type ArtifactMetadata } from './metadata';

/** How well to look: at everything but the frames, or at those as well. */
export type Thoroughness = 'directory' | 'frames';

export interface OpenedArtifact {
  readonly metadata: ArtifactMetadata;
  /** The caller closes it. */
  readonly reader: FrameFileReader;
}

/** `undefined`: it has no metadata, so it is not there. Throws `artifact-corrupt`, `artifact-missing` where it is damaged. */
export async function openArtifact(files: ArtifactFiles, key: Sha256): Promise<OpenedArtifact | undefined> {
  const metadata = await readJsonFile(files.metadata(key), artifactMetadataSchema);
  if (metadata.kind === 'absent') return undefined;
  if (metadata.kind === 'damaged') throw mismatch(key, 'its metadata cannot be read');
  const reader = await openFrameFile(files.frames(key));
  if (reader.framesSha256 === metadata.value.framesSha256) return { metadata: metadata.value, reader };
  await reader.close();
  throw mismatch(key, 'its frames are not those that its metadata names');
}

/** What is wrong with the artifact; `undefined` where it is whole, or not there. Throws what reading throws besides. */
export async function damageOf(
  files: ArtifactFiles,
  key: Sha256,
  thoroughness: Thoroughness,
): Promise<SluiceError | undefined> {
  try {
    const opened = await openArtifact(files, key);
    if (opened === undefined) return undefined;
    const { reader } = opened;
    await (thoroughness === 'frames' ? reader.verify() : Promise.resolve()).finally(() => reader.close());
    return undefined;
  } catch (error) {
    if (isDamage(error)) return error;
    throw error;
  }
}

export function isDamage(error: unknown): error is SluiceError {
  return error instanceof SluiceError && ['artifact-corrupt', 'artifact-missing'].includes(error.code);
}

function mismatch(key: Sha256, what: string): SluiceError {
  return new SluiceError('artifact-corrupt', `The artifact ${key} is damaged: ${what}. It will be made again.`, {
    details: { key },
  });
}
