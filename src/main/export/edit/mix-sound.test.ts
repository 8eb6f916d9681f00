import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { addMedia } from '#shared/project/edits/media';
import { addClips } from '#shared/project/edits/place-clips';
import { changeTrack } from '#shared/project/edits/tracks';
import { mediaSchema } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import { audio, boatClip, clipId, emptyTimeline, film, hashOf, video } from '#shared/project/project.test-fixtures';
import { soundRate } from '#shared/studio/media-imported';
import { never, scratchFolder } from '../../media/ffmpeg.test-support';
import { mixSound } from './mix-sound';

const folder = scratchFolder();
const song = mediaSchema.parse({
  ...{ id: 'media-song', kind: 'audio', name: 'Song', sha256: hashOf('d'), pathHint: '' },
  ...{ frames: soundRate * 4, frameRate: { num: soundRate, den: 1 } },
});

/** Four seconds: left rises by one each sample, right is half of full scale. */
const samples = path.join(folder, 'song.pcm');
const shorts = new Int16Array(2 * 4 * soundRate).map((_, i) => (i % 2 === 0 ? (i / 2) % 20_000 : 16_384));
writeFileSync(samples, new Uint8Array(shorts.buffer));

function scored(...clips: Partial<ReturnType<typeof boatClip>>[]): Project {
  const project = addMedia(emptyTimeline(), { media: [song] }).project;
  const source = { kind: 'media' as const, mediaId: song.id };
  return addClips(project, {
    clips: clips.map((fields, i) => boatClip(`s${i}`, { trackId: audio, inFrame: 0, source, ...fields })),
  }).project;
}

async function mixed(project: Project, inFrame: number, outFrame: number): Promise<Int16Array> {
  const file = path.join(folder, 'mixed');
  const range = { inFrame, outFrame };
  await mixSound({ project, range, fileOf: (id) => (id === song.id ? samples : undefined) }, file, never);
  const bytes = readFileSync(file);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
const frame = soundRate / 24;

describe('the sound of an edit', () => {
  it('is there to the sample: silence before, the clip from its in point, silence behind', async () => {
    const sound = await mixed(scored({ startFrame: 12, lengthFrames: 24, inFrame: 1000 }), 6, 48);
    expect(sound).toHaveLength(2 * 42 * frame);
    const left = (sample: number): number => sound[2 * sample] ?? NaN;
    expect([left(0), left(6 * frame - 1)]).toEqual([0, 0]);
    for (const at of [0, 1, 777, 15_000]) expect(Math.abs(left(6 * frame + at) - (1000 + at))).toBeLessThanOrEqual(1);
    expect(left(30 * frame)).toBe(0);
  });

  it('obeys volume, fades, mutes and speed, and never leaves full scale', async () => {
    const one = scored({ startFrame: 0, lengthFrames: 48 });
    const right = async (project: Project, at: number): Promise<number> =>
      (await mixed(project, 0, 48))[2 * at + 1] ?? NaN;
    expect(await right(setLevels(one, { clipIds: [clipId('s0')], volume: 0.5 }).project, 5000)).toBeCloseTo(8192, -1);
    expect(await right(setLevels(one, { clipIds: [clipId('s0')], volume: 4 }).project, 5000)).toBe(32_767);
    const faded = setFade(one, { clipId: clipId('s0'), fadeInFrames: 24 }).project;
    expect(await right(faded, soundRate / 2)).toBeCloseTo(8192, -1);
    expect(await right(changeTrack(one, { trackId: audio, muted: true }).project, 5000)).toBe(0);
    const fast = await mixed(scored({ lengthFrames: 24, speed: { num: 2, den: 1 } }), 0, 24);
    expect(Math.abs((fast[2 * 3000] ?? 0) - 6000)).toBeLessThanOrEqual(1);
    const slow = await mixed(scored({ lengthFrames: 24, speed: { num: 1, den: 2 } }), 0, 24);
    expect(Math.abs((slow[2 * 3001] ?? 0) - 1500)).toBeLessThanOrEqual(1);
  });

  it('adds up what is heard at once, and leaves out what has no file', async () => {
    const source = { kind: 'media' as const, mediaId: film.id };
    const project = addClips(scored({ lengthFrames: 24 }), {
      clips: [boatClip('film', { trackId: video, source, inFrame: 0 })],
    }).project;
    expect((await mixed(project, 0, 24))[1]).toBeCloseTo(16_384, -1);
  });
});
