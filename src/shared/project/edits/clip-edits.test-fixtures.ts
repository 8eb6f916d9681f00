/** Timelines that tests of edits begin with, and their clips in a line of text. */
import { expect } from 'vitest';
import type { Change } from '../change';
import { endFrame } from '../clip';
import { clipId, video, withClips } from '../project.test-fixtures';
import { clipsOfTrack } from '../order';
import { moveClips } from './move-clips';

/** The first video track, as `name start-end @in`. */
export function picture({ project }: Pick<Change, 'project'>, track = video): string {
  return clipsOfTrack(project, track)
    .map((clip) => {
      const dissolve = clip.dissolveInFrames > 0 ? ` ~${clip.dissolveInFrames}` : '';
      return `${clip.id.slice(5)} ${clip.startFrame}-${endFrame(clip)} @${clip.inFrame}${dissolve}`;
    })
    .join(', ');
}

export const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(clipId) as [never, never, never, never];
export const abc = withClips('a', 'b', 'c');
export const gapped = moveClips(abc, { clipIds: [c], byFrames: 10 }).project;
export const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) as string }) as Error;
