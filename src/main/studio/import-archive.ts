/**
 * Opens a project's archive into a folder of its own, and the frames that came along into the artifact store. Frames are believed as far as
 * they can be checked: each file is whole, its pictures have the hash that it says, and what a person brought has its address by that. The
 * address of a stage's output says what made it, which only making it could prove; so nothing that is there already is replaced.
 */
import { rm } from 'node:fs/promises';
import { openFrameFile } from '#frames/reader';
import type { ProjectId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ArtifactStore } from '../artifacts/artifact-store';
import type { ArtifactMetadata } from '../artifacts/metadata';
import { importedKey } from '../artifacts/stage-key';
import { requireSpace } from '../files/disk-space';
import type { ArchiveWatch } from '../projects/archive';
import type { ReadArchive } from '../projects/read-archive';
import type { StudioParts } from './studio';

/**
 * Returns the folder of the project. Throws `project-invalid`, `project-newer`, `disk-full`, `disk-read-only`, the reason of the signal;
 * then there is no such project, and nothing of its frames.
 */
export async function importArchive(
  { projects, jobs }: StudioParts,
  file: string,
  parent: string,
  watch: ArchiveWatch = {},
): Promise<string> {
  const { artifacts } = jobs;
  let owner: ProjectId | undefined;
  try {
    const take = async (project: Project, archive: ReadArchive): Promise<void> => {
      owner = project.id;
      // Before they are there: nothing of a project that nobody has opened yet may be evicted.
      await artifacts.pins.set(
        project.id,
        archive.frames.map(({ key }) => key),
      );
      await takeFrames(artifacts, archive, watch.signal);
    };
    return await projects.store.importArchive(file, parent, take, watch);
  } catch (error) {
    if (owner !== undefined) await artifacts.pins.clear(owner);
    throw error;
  }
}

interface Unpacked {
  readonly metadata: ArtifactMetadata;
  readonly temporary: string;
}

/** All of them are checked before the first is kept. */
async function takeFrames(
  artifacts: ArtifactStore,
  archive: ReadArchive,
  signal: AbortSignal | undefined,
): Promise<void> {
  const unpacked: Unpacked[] = [];
  try {
    const missing = [];
    for (const metadata of archive.frames)
      if (await artifacts.has(metadata.key)) archive.passFrames(metadata);
      else missing.push(metadata);
    const bytes = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await requireSpace(artifacts.files.folder, bytes, 'The frames of the archive');
    for (const metadata of missing) {
      const temporary = artifacts.temporaryPath(metadata.key);
      unpacked.push({ metadata, temporary });
      await archive.extractFrames(metadata, temporary);
      await refuseOthers(archive, metadata, temporary);
    }
    signal?.throwIfAborted();
    for (const one of unpacked) await keep(artifacts, one);
  } finally {
    for (const { temporary } of unpacked) await rm(temporary, { force: true });
  }
}

/** Throws `project-invalid` where the frame file is damaged, or is not what its metadata say. */
async function refuseOthers(archive: ReadArchive, metadata: ArtifactMetadata, file: string): Promise<void> {
  const { key, origin } = metadata;
  const refused = (cause?: unknown) => archive.refused(`the frames ${key} are damaged, or are others`, cause);
  const reader = await openFrameFile(file).catch((error: unknown) => {
    throw refused(error);
  });
  try {
    const isSame = (['frames', 'height', 'width', 'fps', 'framesSha256'] as const).every(
      (fact) => reader[fact] === metadata[fact],
    );
    const isAtItsAddress = origin.kind === 'stage' || importedKey(reader, reader.framesSha256) === key;
    if (!isSame || !isAtItsAddress) throw refused();
    await reader.verify().catch((error: unknown) => {
      throw refused(error);
    });
  } finally {
    await reader.close();
  }
}

async function keep(artifacts: ArtifactStore, { metadata, temporary }: Unpacked): Promise<void> {
  const { key, origin } = metadata;
  const lock = await artifacts.lock(key, new AbortController().signal);
  try {
    if (!(await artifacts.has(key))) await artifacts.commit(key, temporary, origin);
  } finally {
    await lock.release();
  }
}
