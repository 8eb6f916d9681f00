/**
 * What goes into a project's archive, so that it plays whole where nothing of it is known: its media, the frames that people brought, and
 * the stages that were made of its takes. What is lost already must not keep the rest from being archived.
 */
import { shownStage } from '#shared/edit/shown-stage';
import { artifactKeys } from '#shared/project/artifact-keys';
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { ArchivedStages, ArchiveFacts } from '#shared/studio/project-archives';
import type { Sha256 } from '#shared/units';
import { archiveProject, type ArchivedFrames, type ArchivedMedia, type ArchiveWatch } from '../projects/archive';
import type { StudioParts } from './studio';
import { takeRungs, type TakeStage } from './take-rungs';

export interface Archivable {
  /** Its takes note all that there is of them, also what was found by its address alone. */
  readonly project: Project;
  readonly media: readonly (ArchivedMedia & { readonly sizeBytes: number })[];
  readonly missingMedia: number;
  readonly frames: Readonly<Record<ArchivedStages, readonly ArchivedFrames[]>>;
}

/** Throws what opening the project throws, `artifact-corrupt`, and the reason of `signal`. */
export async function archivable(parts: StudioParts, folder: string, signal: AbortSignal): Promise<Archivable> {
  const project = await parts.projects.store.projectIn(folder);
  const ladders = new Map<TakeId, readonly TakeStage[]>();
  for (const { shot, take } of takesOf(project)) {
    signal.throwIfAborted();
    ladders.set(take.id, await ladderOf(parts, shot, take));
  }
  const noted = withNoted(project, ladders);
  const shown = [...ladders.values()].flat().filter(({ isBrought }) => isBrought);
  for (const { source } of project.clips.values())
    if (source.kind === 'shot') shown.push(...oneOf(shownStage(ladders.get(source.takeId) ?? [], source.stage)));
  const given = [...project.shots.values()].flatMap(({ direction }) =>
    direction.given.map(({ source }) => source.sha256),
  );
  const frames = {
    shown: await framesOf(parts, [...given, ...shown.flatMap((rung) => oneOf(rung.shown?.key))]),
    all: await framesOf(parts, artifactKeys(noted)),
  };
  return { project: noted, ...(await mediaOf(parts, project, folder, signal)), frames };
}

export function archiveFactsOf({ media, missingMedia, frames }: Archivable): ArchiveFacts {
  const bytesOf = (files: readonly { readonly sizeBytes: number }[]): number =>
    files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const clips = (some: readonly ArchivedFrames[]) => ({
    files: some.length,
    bytes: bytesOf(some.map(({ metadata }) => metadata)),
  });
  return {
    media: { files: media.length, bytes: bytesOf(media) },
    missingMedia,
    shown: clips(frames.shown),
    all: clips(frames.all),
  };
}

/** What it holds is not evicted meanwhile. Throws as `archiveProject` does. */
export async function archiveTo(
  { jobs }: StudioParts,
  { project, media, frames }: Archivable,
  stages: ArchivedStages,
  file: string,
  watch: ArchiveWatch,
): Promise<void> {
  const pin = await jobs.artifacts.pins.holdForRun(frames[stages].map(({ metadata }) => metadata.key));
  try {
    await archiveProject(project, { media, frames: frames[stages] }, file, watch);
  } finally {
    await pin.release();
  }
}

function takesOf({ takes, shots }: Project): readonly { readonly shot: ProjectShot; readonly take: Take }[] {
  return [...takes.values()].flatMap((take) => {
    const shot = shots.get(take.shotId);
    return shot === undefined ? [] : [{ shot, take }];
  });
}

/** A shot that no longer fits its pack plays what was noted of it. */
async function ladderOf({ packs, jobs }: StudioParts, shot: ProjectShot, take: Take): Promise<readonly TakeStage[]> {
  const pack = await packs.get(shot.packHash).catch(() => undefined);
  const kept = () => takeRungs({ pack: undefined, shot, take }, jobs.artifacts);
  return pack === undefined ? await kept() : await takeRungs({ pack, shot, take }, jobs.artifacts).catch(kept);
}

/** What another machine without the pack goes by: `made` in the order of the stages, and nothing of those that are replaced. */
function withNoted(project: Project, ladders: ReadonlyMap<TakeId, readonly TakeStage[]>): Project {
  const takes = new Map(project.takes);
  for (const [id, ladder] of ladders) {
    const take = takes.get(id);
    const made = ladder.flatMap(({ stage, shown, isBrought }) =>
      shown === undefined || isBrought ? [] : [{ stage, key: shown.key }],
    );
    if (take !== undefined) takes.set(id, { ...take, made });
  }
  return { ...project, takes };
}

async function framesOf({ jobs }: StudioParts, keys: Iterable<Sha256>): Promise<readonly ArchivedFrames[]> {
  const frames: ArchivedFrames[] = [];
  for (const key of new Set(keys)) frames.push(...oneOf(await jobs.artifacts.find(key)));
  return frames;
}

async function mediaOf(
  { media }: StudioParts,
  project: Project,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<Archivable, 'media' | 'missingMedia'>> {
  const here: Archivable['media'][number][] = [];
  for (const one of project.media.values()) {
    const found = await media.shelf.find(one, folder, () => undefined, signal);
    if (found.kind !== 'here') continue;
    const { sizeBytes } = await media.shelf.known.hashOf(found.path, () => undefined, signal);
    here.push({ sha256: one.sha256, path: found.path, sizeBytes });
  }
  return { media: here, missingMedia: project.media.size - here.length };
}

function oneOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
