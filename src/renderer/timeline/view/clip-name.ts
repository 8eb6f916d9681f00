/** What a clip is called: by its shot, with the take where it is not the first, or by its media. */
import type { Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';

/** '' where the project does not hold the source. */
export function clipName({ shots, takes, media }: Project, { source }: Clip): string {
  if (source.kind === 'media') return media.get(source.mediaId)?.name ?? '';
  const name = shots.get(source.shotId)?.name ?? '';
  const number = takes.get(source.takeId)?.number ?? 1;
  return number === 1 ? name : `${name} · ${number}`;
}
