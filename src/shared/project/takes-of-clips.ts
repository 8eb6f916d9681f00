/** The takes that clips show, each once. Pure. */
import type { ClipId, TakeId } from './ids';
import type { Project } from './project';

/** `clips` absent: all that the project shows. */
export function takesOfClips(
  project: Pick<Project, 'clips'>,
  clips: Iterable<ClipId> = project.clips.keys(),
): readonly TakeId[] {
  const takes = [...clips].flatMap((id) => {
    const source = project.clips.get(id)?.source;
    return source?.kind === 'shot' ? [source.takeId] : [];
  });
  return [...new Set(takes)];
}
