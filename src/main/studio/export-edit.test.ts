/** The export of an edit as a window asks for it: planned, pinned while it runs, one after the other, and gone with the program. */
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addClips } from '#shared/project/edits/place-clips';
import { addMedia } from '#shared/project/edits/media';
import { boatClip, film } from '#shared/project/project.test-fixtures';
import type { Clip } from '#shared/project/clip';
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ExportFacts } from '#shared/studio/exports';
import { testPack } from '../jobs/jobs.test-support';
import { needFfmpeg } from '../media/ffmpeg.test-support';
import { startStudio, temporaryHome, type TestStudio } from './studio.test-support';
import { firstOf, make, makeShot, type Window } from './window.test-support';

describe('exporting an edit', { timeout: 120_000 }, () => {
  needFfmpeg();
  let studio: TestStudio;
  let window: Window;
  let into: string;

  beforeEach(async () => {
    studio = await startStudio(await temporaryHome());
    window = await studio.open();
    into = path.join(studio.folder, 'out');
    await mkdir(into);
  });

  /** An hour of one take whose base was made, so that there is time to look. */
  async function long() {
    const opened = await window.request('createProject', { title: 'Long', size: { width: 320, height: 192 } });
    const { project, takeId } = await makeShot(window, opened, { packHash: testPack().hash });
    const { open } = opened;
    await window.request('generate', { open, takes: [takeId], upTo: testPack().manifest.stages[0]!.id });
    const done = await firstOf(
      window.stream('ladders', { open, takes: [takeId] }),
      ({ ladder }) => ladder?.stages[0]?.state.kind === 'done',
    );
    const clips = Array.from({ length: 100 }, (_, i) => clipOf(project, takeId, i * 32));
    await make(window, { ...opened, project }, (before) => addClips(before, { clips }));
    return { source: { kind: 'edit' as const, open }, opened, key: done.ladder!.stages[0]!.key };
  }

  const ended = async (id: ExportFacts['id']): Promise<ExportFacts['state']> => {
    const is = (one: ExportFacts): boolean => one.id === id && !['waiting', 'running'].includes(one.state.kind);
    const { exports } = await firstOf(window.stream('exports', {}), (list) => list.exports.some(is));
    return exports.find(is)!.state;
  };
  /** What this process keeps from eviction, besides projects. */
  const runPins = async (): Promise<string[]> =>
    (await readdir(path.join(studio.folder, 'home/artifacts/pins'))).filter((name) => name.startsWith('run.'));
  const running = (id: ExportFacts['id']) =>
    firstOf(window.stream('exports', {}), ({ exports }) =>
      exports.some((one) => one.id === id && one.state.kind === 'running' && one.state.done > 0),
    );

  it('keeps its takes from eviction until it has ended, tells how long still, and leaves nothing when cancelled', async () => {
    const { source, key, opened } = await long();
    const { artifacts } = await studio.studio.parts.sluice.jobs();
    const before = await runPins();
    const file = path.join(into, 'a.mp4');
    const { id } = await window.request('startExport', { source, preset: 'mp4-h264', file });
    const { exports } = await running(id);
    expect(await runPins()).toHaveLength(before.length + 1);
    expect(exports[0]?.state).toMatchObject({ of: 3200, unit: 'frames', remainingSec: expect.any(Number) as number });
    await artifacts.pins.clear(opened.project.id);
    expect(await artifacts.removeUnlessNeeded(key)).toBe(false);
    const second = await window.request('startExport', { source, preset: 'gif', file: path.join(into, 'b.gif') });
    expect(studio.studio.parts.files.list.value[0]?.state).toEqual({ kind: 'waiting' });
    await window.request('cancelExport', { id: second.id });
    await window.request('cancelExport', { id });
    expect([await ended(id), await ended(second.id)]).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    expect(await readdir(into)).toEqual([]);
    await expect.poll(runPins).toEqual(before);
  });

  it('plans what it would be, and tells the size from the last one like it', async () => {
    const { source, opened } = await long();
    const wanted = { source, preset: 'mp4-h264', range: { inFrame: 0, outFrame: 48 } };
    const plan = await window.request('planExport', { ...wanted, frameRate: { num: 12, den: 1 } });
    expect(plan).toEqual({
      ...{ size: { width: 320, height: 192 }, frameRate: { num: 12, den: 1 }, frames: 24 },
      ...{ emptyClips: 0, staleClips: 0, hasSound: false },
    });
    const file = path.join(into, 'a.mp4');
    const { id } = await window.request('startExport', { ...wanted, file });
    expect(await ended(id)).toMatchObject({ kind: 'done' });
    expect((await window.request('planExport', wanted)).sizeBytes).toBe((await stat(file)).size);
    const { project } = await window.request('openProject', { folder: opened.folder });
    const known = await make(window, { ...opened, project }, (before) => addMedia(before, { media: [film] }));
    const source2 = { kind: 'media' as const, mediaId: film.id };
    const lost = { ...clipOf(project, [...project.takes.keys()][0]!, 4000), source: source2, lengthFrames: 24 };
    await make(window, { ...opened, ...known }, (before) => addClips(before, { clips: [lost] }));
    expect((await window.request('planExport', { source, preset: 'gif' })).emptyClips).toBe(1);
    const beyond = window.request('planExport', { ...wanted, range: { inFrame: 0, outFrame: 9000 } });
    await expect(beyond).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

function clipOf(project: Project, takeId: TakeId, startFrame: number): Clip {
  const shotId = project.takes.get(takeId)!.shotId;
  const trackId = [...project.tracks.values()].find(({ kind }) => kind === 'video')!.id;
  const source = { kind: 'shot' as const, shotId, takeId };
  return boatClip(`x${startFrame}`, { trackId, startFrame, lengthFrames: 32, inFrame: 0, source });
}
