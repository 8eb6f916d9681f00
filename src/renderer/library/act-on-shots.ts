/** What a person does with the shots of the project. Each ends in one edit. */
import { inOneStep } from '#shared/project/change';
import { removeClips } from '#shared/project/edits/remove-clips';
import { changeShot, removeShots } from '#shared/project/edits/shots';
import { newClipId, newTrackId, type ShotId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { Studio } from '../studio/studio';
import { shotPlaced } from './place-shot';

/** At the playhead, and selected there. */
export function placeShot({ document, timeline }: Studio, shot: ProjectShot, take: Take): void {
  const ids = { clip: newClipId(), track: newTrackId() };
  const atFrame = timeline.getState().playhead;
  if (document.edit((project) => shotPlaced(project, { shot, take, atFrame, ids })))
    timeline.setState({ selection: new Set([ids.clip]), gap: undefined });
}

export function renameShot({ document }: Studio, shotId: ShotId, name: string): void {
  document.edit((project) => changeShot(project, { shotId, name }));
}

/** Its takes and the clips that show them go, too. Where such a clip lies on a locked track, all stay. */
export function removeWithClips({ document }: Studio, shotId: ShotId): void {
  document.edit((project) => {
    const clipIds = [...project.clips.values()]
      .filter(({ source }) => source.kind === 'shot' && source.shotId === shotId)
      .map(({ id }) => id);
    return inOneStep(project, 'remove-shots', [
      ...(clipIds.length > 0 ? [(now: Project) => removeClips(now, { clipIds })] : []),
      (now) => removeShots(now, { shotIds: [shotId] }),
    ]);
  });
}
