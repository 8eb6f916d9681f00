/** Finds what a window wants exported. */
import { SluiceError } from '#shared/errors';
import type { Range } from '#shared/project/project';
import type { ExportSource } from '#shared/studio/exports';
import { editContent, editLength, type EditServices } from '../export/edit/edit-content';
import { artifactSource, editSource, rangeWithin, type FoundSource } from '../export/found-source';
import type { User } from './open-projects';
import type { StudioParts } from './studio';
import { takeClip } from './take-clip';
import { takeIn } from './take-request';

/** `range` absent: all. Throws `artifact-missing`, `invalid-argument` for frames that are not there, `project-not-found`. */
export async function findSource(
  { jobs, packs, projects, media, facts }: StudioParts,
  user: User,
  source: ExportSource,
  range: Range | undefined,
  signal: AbortSignal,
): Promise<FoundSource> {
  switch (source.kind) {
    case 'artifact': {
      const artifact = await jobs.artifacts.find(source.key);
      if (artifact !== undefined) return artifactSource(artifact, range, undefined);
      throw new SluiceError('artifact-missing', `The clip ${source.key} is not kept any more: make its stage again.`, {
        details: { key: source.key },
      });
    }
    case 'take': {
      const { take, shot } = takeIn(projects.of(source.open, user).project, source.takeId);
      // What was made with a pack can be exported without it.
      const pack = await packs.get(shot.packHash).catch(() => undefined);
      const { artifact, recipe } = await takeClip({ pack, shot, take }, source.stage, jobs.services);
      return artifactSource(artifact, range, recipe);
    }
    case 'edit': {
      const { project, directory } = projects.of(source.open, user).project;
      const services: EditServices = {
        ...jobs.services,
        packOf: (hash) => packs.get(hash),
        mediaFile: (one) => media.shelf.fileOf(one, directory, signal),
        soundFile: (one) => media.shelf.soundFile(one, directory, signal),
      };
      const content = await editContent(project, rangeWithin(range, editLength(project)), services);
      return editSource(content, facts.sluice);
    }
  }
}
