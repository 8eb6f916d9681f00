/** Clips that can stand for a stage: every imported video, and what there is of takes in just the stage's shape. Pure. */
import type { ClipShape, StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ProjectShot } from '#shared/project/project-shot';
import type { BringSource } from '#shared/studio/brought';
import type { Ladder } from '#shared/studio/ladder';

interface Common {
  readonly id: string;
  /** Of the file, or of the shot. */
  readonly name: string;
  readonly source: BringSource;
}
export type StartSource =
  | (Common & { readonly kind: 'media' })
  | (Common & { readonly kind: 'take'; readonly take: number; readonly stage: StageId });

export function startSources(
  project: Project,
  ladders: ReadonlyMap<TakeId, Ladder>,
  shot: Pick<ProjectShot, 'id'>,
  shape: ClipShape,
): readonly StartSource[] {
  return [...mediaSources(project), ...takeSources(project, ladders, shot, shape)];
}

function mediaSources(project: Project): readonly StartSource[] {
  return [...project.media.values()]
    .filter(({ kind }) => kind === 'video')
    .map(({ id, name }) => ({ kind: 'media', id, name, source: { kind: 'media', mediaId: id, fromFrame: 0 } }));
}

/** Those of the shot itself come first. */
function takeSources(
  project: Project,
  ladders: ReadonlyMap<TakeId, Ladder>,
  shot: Pick<ProjectShot, 'id'>,
  { frames, height, width }: ClipShape,
): readonly StartSource[] {
  const takes = [...project.takes.values()].sort((a, b) => Number(b.shotId === shot.id) - Number(a.shotId === shot.id));
  return takes.flatMap(({ id: takeId, shotId, number }) =>
    (ladders.get(takeId)?.stages ?? [])
      .filter(({ shown }) => shown?.frames === frames && shown.height === height && shown.width === width)
      .map(({ stage }): StartSource => ({
        kind: 'take',
        id: `${takeId} ${stage}`,
        name: project.shots.get(shotId)?.name ?? '',
        take: number,
        stage,
        source: { kind: 'take', takeId, stage, fromFrame: 0 },
      })),
  );
}
