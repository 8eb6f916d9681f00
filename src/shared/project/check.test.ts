/** Each thing that must hold, broken once. */
import { describe, expect, it } from 'vitest';
import { assertProject, checkProject } from './check';
import {
  boat,
  boatClip,
  busyTimeline,
  clipId,
  film,
  takeOne,
  takeOneId,
  upper,
  video,
  withClips,
  hashOf,
  base,
} from './project.test-fixtures';
import { newProject, projectJson, projectSchema, type Project } from './project';
import { projectIdSchema, shotIdSchema, takeIdSchema, trackIdSchema } from './ids';

const whole = withClips('a', 'b');
const elsewhere = {
  shot: shotIdSchema.parse('shot-none'),
  take: takeIdSchema.parse('take-none'),
  track: trackIdSchema.parse('track-none'),
};

function withClip(fields: Parameters<typeof boatClip>[1]): Project {
  return { ...whole, clips: new Map(whole.clips).set(clipId('b'), boatClip('b', { startFrame: 24, ...fields })) };
}
const withTakes = (...takes: (typeof takeOne)[]): Project => ({
  ...whole,
  takes: new Map(takes.map((take) => [take.id, take])),
});

it('finds nothing in projects that are whole', () => {
  expect(checkProject(whole)).toEqual([]);
  expect(checkProject(busyTimeline())).toEqual([]);
  expect(checkProject(newProject({ id: projectIdSchema.parse('project-new'), title: 'New' }))).toEqual([]);
});

describe('finds', () => {
  it.each<[string, Project, RegExp]>([
    ['an overlap', withClip({ startFrame: 20 }), /clip-b would cover 4 frames of clip-a/],
    ['two clips at one place', withClip({ startFrame: 0 }), /would cover 24 frames/],
    [
      'a dissolve without overlap',
      withClip({ dissolveInFrames: 4 }),
      /dissolves over 4 frames but overlaps the clip before it by 0/,
    ],
    [
      'a dissolve longer than its overlap',
      withClip({ startFrame: 22, dissolveInFrames: 4 }),
      /overlaps the clip before it by 2/,
    ],
    ['a fade under a dissolve', withClip({ startFrame: 22, dissolveInFrames: 2, fadeInFrames: 1 }), /fade or dissolve/],
    ['fades longer than the clip', withClip({ fadeInFrames: 20, fadeOutFrames: 5 }), /too few for fades of 20 and 5/],
    [
      'frames beyond the source',
      withClip({ inFrame: 105 }),
      /needs 24 frames from source frame 105 on; the source has 128, enough for 23/,
    ],
    ['an end beyond all projects', withClip({ startFrame: 9_999_990 }), /at most 10000000/],
    ['a track that is not there', withClip({ trackId: elsewhere.track }), /lies on track-none/],
    [
      'a shot that is not there',
      withClip({ source: { kind: 'shot', shotId: elsewhere.shot, takeId: takeOneId } }),
      /shows shot-none/,
    ],
    [
      'a take that is not there',
      withClip({ source: { kind: 'shot', shotId: boat.id, takeId: elsewhere.take } }),
      /no take of shot-boat/,
    ],
    [
      'media that are not there',
      { ...withClip({ source: { kind: 'media', mediaId: film.id } }), media: new Map() },
      /shows media-film/,
    ],
    ['a shot without take', withTakes(), /“Boat” has no take/],
    [
      'a take of no shot',
      withTakes(takeOne, { ...takeOne, id: elsewhere.take, shotId: elsewhere.shot }),
      /belongs to shot-none/,
    ],
    ['two takes of one number', withTakes(takeOne, { ...takeOne, id: elsewhere.take }), /have the number 1/],
    [
      'a stage made twice',
      withTakes({
        ...takeOne,
        made: [
          { stage: base, key: hashOf('1') },
          { stage: base, key: hashOf('2') },
        ],
      }),
      /lists a stage twice/,
    ],
    ['a track left out of the order', { ...whole, trackOrder: [video, upper] }, /each of the 3 tracks once/],
    ['a track twice in the order', { ...whole, trackOrder: [video, upper, upper] }, /each of the 3 tracks once/],
    [
      'a foreign track in the order',
      { ...whole, trackOrder: [video, upper, elsewhere.track] },
      /each of the 3 tracks once/,
    ],
    [
      'an entity under another id',
      { ...whole, takes: new Map(whole.takes).set(elsewhere.take, takeOne) },
      /take-none is filed under another id/,
    ],
  ])('%s', (_, project, message) => {
    const problems = checkProject(project);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join(' ')).toMatch(message);
    expect(() => assertProject(project)).toThrow(expect.objectContaining({ code: 'project-invalid' }) as Error);
  });
});

describe('the schema refuses', () => {
  const json = projectJson(whole);
  const clip = json.clips[0]!;
  it.each<[string, unknown]>([
    ['two clips of one id', { ...json, clips: [clip, clip] }],
    ['an unknown field', { ...json, extra: 1 }],
    ['a field of a clip that is unknown', { ...json, clips: [{ ...clip, zIndex: 1 }] }],
    ['half a frame', { ...json, clips: [{ ...clip, startFrame: 0.5 }] }],
    ['a negative frame', { ...json, clips: [{ ...clip, startFrame: -1 }] }],
    ['an empty clip', { ...json, clips: [{ ...clip, lengthFrames: 0 }] }],
    ['not a number', { ...json, clips: [{ ...clip, opacity: Number.NaN }] }],
    ['an id of another kind', { ...json, clips: [{ ...clip, id: 'shot-a' }] }],
    ['an id that objects inherit', { ...json, clips: [{ ...clip, id: '__proto__' }] }],
    ['a speed of nothing', { ...json, clips: [{ ...clip, speed: { num: 0, den: 1 } }] }],
    ['control characters in a title', { ...json, title: 'a\u0000b' }],
    ['a title of spaces', { ...json, title: '  ' }],
    ['a range that ends before it starts', { ...json, range: { inFrame: 9, outFrame: 9 } }],
    ['a source of an unknown kind', { ...json, clips: [{ ...clip, source: { kind: 'url', url: 'http://x' } }] }],
  ])('%s', (_, value) => {
    expect(projectSchema.safeParse(value).success).toBe(false);
  });

  it('and takes what it wrote', () => {
    expect(projectSchema.parse(json)).toEqual(whole);
  });
});
