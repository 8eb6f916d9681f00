/** What the command line is asked to export: a project's edit, or a clip, an artifact, a frame file. */
import path from 'node:path';
import { editContent, editLength, type EditServices } from '#main/export/edit/edit-content';
import { findClip } from '#main/export/find-clip';
import { editSource, frameFileSource, rangeWithin, type FoundSource } from '#main/export/found-source';
import { ProjectStore } from '#main/projects/project-store';
import { MediaShelf } from '#main/studio/media-shelf';
import type { Range } from '#shared/project/project';
import type { CommandContext } from '../command';
import { nameFromPrompt } from '../generate/output-name';

export interface WhatToExport {
  readonly found: FoundSource;
  /** For naming the output. */
  readonly name: string;
}

/** Throws what opening a project throws, `invalid-argument` for frames that are not there. */
export async function projectToExport(
  folder: string,
  range: Range | undefined,
  { sluice, signal }: CommandContext,
): Promise<WhatToExport> {
  const { artifacts, services } = await sluice.jobs();
  const recentFile = path.join(path.resolve(sluice.home), 'recent-projects.json');
  const opened = await new ProjectStore({ locks: artifacts.locks, recentFile }).open(folder);
  const ffmpegPath = (): string => sluice.ffmpeg().path;
  const folderOfMedia = path.join(path.resolve(sluice.home), 'media');
  const shelf = await MediaShelf.open({ folder: folderOfMedia, presence: artifacts.locks.presence, ffmpegPath });
  try {
    const { project } = opened;
    const { directory } = opened;
    const all: EditServices = {
      ...services,
      packOf: (hash) => sluice.packs.resolve(hash, signal),
      mediaFile: (media) => shelf.fileOf(media, directory, signal),
      soundFile: (media) => shelf.soundFile(media, directory, signal),
    };
    const content = await editContent(project, rangeWithin(range ?? project.range, editLength(project)), all);
    return { found: editSource(content, sluice.versions.sluice), name: nameFromPrompt(project.title) };
  } finally {
    await opened.close();
    await shelf.close();
  }
}

/** Throws what `findClip` throws, `invalid-argument` for frames that are not there. */
export async function clipToExport(
  source: string,
  { stage, range }: { readonly stage: string | undefined; readonly range: Range | undefined },
  { sluice, io, signal }: CommandContext,
): Promise<WhatToExport> {
  const { artifacts } = await sluice.jobs();
  const isKey = /^[0-9a-f]{8,64}$/i.test(source);
  const search = { artifacts, ffmpegPath: sluice.ffmpeg().path, signal };
  const clip = await findClip(search, isKey ? source : path.resolve(io.directory, source), stage);
  const found = await frameFileSource(clip.framesPath, range, clip.recipe);
  return {
    found: { ...found, keys: clip.key === undefined ? [] : [clip.key] },
    name: isKey ? clip.name : `${path.parse(source).name}-${clip.name}`,
  };
}
