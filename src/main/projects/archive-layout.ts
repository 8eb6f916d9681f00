/** What lies where in the file that holds a project. Whatever else is found in one is refused. */
import { z } from 'zod';
import { sha256Schema, type Sha256 } from '#shared/units';
import { artifactMetadataSchema } from '../artifacts/metadata';

export const archivedProject = 'project.json';
export const archivedMediaFolder = 'media';
const archivedFramesFolder = 'frames';
/** What is known of the frame files beside it. Absent where there are none. */
export const archivedFramesList = 'frames.json';

export const framesListSchema = z.strictObject({ format: z.literal(1), frames: z.array(artifactMetadataSchema) });

export type ArchiveEntry =
  | { readonly kind: 'project' | 'frames-list' }
  /** `hash`: of the file for media, the key of the artifact for frames. */
  | { readonly kind: 'media' | 'frames'; readonly hash: Sha256 };

const namePattern = new RegExp(`^(${archivedMediaFolder}|${archivedFramesFolder})/([0-9a-f]{64})$`);

export function archivedMediaName(sha256: Sha256): string {
  return `${archivedMediaFolder}/${sha256}`;
}

export function archivedFramesName(key: Sha256): string {
  return `${archivedFramesFolder}/${key}`;
}

/** Undefined for a name that no archive has. */
export function archiveEntryOf(name: string): ArchiveEntry | undefined {
  if (name === archivedProject) return { kind: 'project' };
  if (name === archivedFramesList) return { kind: 'frames-list' };
  const [, folder, hash] = namePattern.exec(name) ?? [];
  if (hash === undefined) return undefined;
  return { kind: folder === archivedMediaFolder ? 'media' : 'frames', hash: sha256Schema.parse(hash) };
}
