/** A take whose frames tell which they are, and edits of it. */
import path from 'node:path';
import { beforeAll } from 'vitest';
import { createFrameFile } from '#frames/writer';
import { changeProject } from '#shared/project/edits/media';
import { addClips } from '#shared/project/edits/place-clips';
import type { Project } from '#shared/project/project';
import { emptyTimeline, type boatClip } from '#shared/project/project.test-fixtures';

export const size = { height: 8, width: 10 };
/** A take of 32 frames, of which frame k is grey with the value 4k. */
export const greyOf = (frame: number): number => 4 * frame;

/** Makes the take before the tests; returns where its frames are. */
export function useTake(folder: string): string {
  const framesPath = path.join(folder, 'take.frames');
  beforeAll(async () => {
    const writer = await createFrameFile(framesPath, { frames: 32, ...size, fps: 6 });
    for (let frame = 0; frame < 32; frame += 1) await writer.write(new Uint8Array(240).fill(greyOf(frame)));
    await writer.finish();
  });
  return framesPath;
}

/** The shot has 128 frames, so each of the take's stands for four. */
export function timeline(...clips: ReturnType<typeof boatClip>[]): Project {
  const project = changeProject(emptyTimeline(), { size }).project;
  return addClips(project, { clips }).project;
}
