/** The file that holds a whole project at one revision: how it is written and, with care, read. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { projectJson, projectSchemaVersion, type Project } from '#shared/project/project';
import type { FileSystem } from '../files/file-system';
import { parseJson } from '../files/json-file';
import { stacksSchema, type Stacks } from './entry';

/** A project as it is in memory. */
export interface ProjectState {
  readonly project: Project;
  readonly revision: number;
  readonly stacks: Stacks;
}

/** A project as it was found: of any known version, not yet parsed. */
export interface Snapshot {
  readonly schemaVersion: number;
  readonly revision: number;
  readonly stacks: Stacks;
  readonly json: unknown;
}

export type SnapshotFile =
  { readonly kind: 'read'; readonly snapshot: Snapshot } | { readonly kind: 'absent' } | { readonly kind: 'damaged' };

const format = 'sluice-project';
const versionSchema = z.object({ format: z.literal(format), schemaVersion: z.int().nonnegative() });
const fileSchema = z.strictObject({
  format: z.literal(format),
  schemaVersion: z.int().nonnegative(),
  /** SHA-256 of `state` as JSON without white space. */
  check: z.string(),
  state: z.strictObject({ revision: z.int().nonnegative(), stacks: stacksSchema, project: z.unknown() }),
});

export function encodeSnapshot({ project, revision, stacks }: ProjectState): string {
  return encodeSnapshotOf(projectSchemaVersion, { revision, stacks, project: projectJson(project) });
}

/** @param state of the version `schemaVersion` */
export function encodeSnapshotOf(schemaVersion: number, state: z.infer<typeof fileSchema>['state']): string {
  const text = JSON.stringify(state);
  return `{"format":"${format}","schemaVersion":${schemaVersion},"check":"${checkOf(text)}","state":${text}}\n`;
}

/** Throws `project-newer` for a version after `newest`, without looking further. */
export function decodeSnapshot(text: string, newest: number, where: string): SnapshotFile {
  const value = parseJson(text);
  const version = versionSchema.safeParse(value);
  if (version.success && version.data.schemaVersion > newest)
    throw new SluiceError(
      'project-newer',
      `${where} was written by a later Sluice (format ${version.data.schemaVersion}; this one reads up to ${newest}). It was not touched: open it with that version.`,
      { details: { schemaVersion: version.data.schemaVersion, newest } },
    );
  const file = fileSchema.safeParse(value);
  if (!file.success || file.data.check !== checkOf(JSON.stringify(file.data.state))) return { kind: 'damaged' };
  const { schemaVersion, state } = file.data;
  const { revision, stacks, project: json } = state;
  return { kind: 'read', snapshot: { schemaVersion, revision, stacks, json } };
}

/** Throws `project-newer`, and what reading throws but for a missing file. */
export async function readSnapshot(files: FileSystem, file: string, newest: number): Promise<SnapshotFile> {
  try {
    return decodeSnapshot((await files.readFile(file)).toString('utf8'), newest, file);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return { kind: 'absent' };
    throw error;
  }
}

function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
