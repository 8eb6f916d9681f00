/** The clips that a command works on. */
import type { Change } from '#shared/project/change';
import type { Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { Studio } from '../studio/studio';

/** Those that are selected, in the order of the selection. */
export function chosen({ document, timeline }: Studio): readonly Clip[] {
  const { project } = document.getState();
  return [...timeline.getState().selection].flatMap((id) => project.clips.get(id) ?? []);
}

/** An edit of the clips that are selected. Nothing happens where none is. */
export function onChosen(make: (project: Project, clips: readonly Clip[], studio: Studio) => Change) {
  return (studio: Studio): void => {
    const clips = chosen(studio);
    if (clips.length > 0) studio.document.edit((project) => make(project, clips, studio));
  };
}

export function idsOf(clips: readonly Clip[]): readonly ClipId[] {
  return clips.map(({ id }) => id);
}
