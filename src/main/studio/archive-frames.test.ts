/** A project archived here plays in a home that knows nothing of it, whether or not its pack is there. */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { addClips } from '#shared/project/edits/place-clips';
import { changeGiven, changeStart } from '#shared/project/edits/shots';
import { newClipId } from '#shared/project/ids';
import { normalSpeed } from '#shared/project/time';
import { frameUrl } from '#shared/studio/media-url';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { archive, bringArchive, firstOf, make, makeShot } from './window.test-support';

const { hash: packHash, manifest } = testPack();
const [first, second] = manifest.stages.map(({ id }) => id);

/** A clip of which two stages were made, with a given picture, in an archive of its own home. */
async function madeHere() {
  const test = await startStudio(await temporaryHome());
  const window = await test.open();
  const project = await window.request('createProject', { title: 'Harbour' });
  const { open, folder } = project;
  const shot = await makeShot(window, project, { packHash });
  const { takeId } = shot;
  const { shotId } = shot.project.takes.get(takeId)!;
  const other = await makeShot(window, { ...project, project: shot.project }, { packHash, prompt: 'a gull', seed: 3 });
  await makeUpTo(first!, other.takeId);
  const source = { kind: 'take' as const, takeId: other.takeId, fromFrame: 0 };
  const given = await window.request('bringGiven', { open, packHash, source, frames: 1 });
  const withGiven = await make(window, { ...project, project: other.project }, (at) =>
    changeGiven(at, { shotId, given: [{ source: given, atFrame: 0 }] }),
  );
  const track = [...withGiven.project.tracks.values()].find(({ kind }) => kind === 'video')!;
  const shape = { opacity: 1, volume: 1, fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0, speed: normalSpeed };
  const clip = { id: newClipId(), trackId: track.id, startFrame: 0, lengthFrames: 24, inFrame: 0, ...shape };
  await make(window, { ...project, project: withGiven.project }, (at) =>
    addClips(at, { clips: [{ ...clip, source: { kind: 'shot', shotId, takeId } }] }),
  );
  await makeUpTo(second!, takeId);
  return { test, window, open, folder, takeId, given };

  async function makeUpTo(stage: string, take: typeof takeId): Promise<void> {
    await window.request('generate', { open, takes: [take], upTo: stageIdSchema.parse(stage) });
    await laddersWhere(window, open, take, ({ stages }) =>
      stages.some(({ state, stage: id }) => id === stage && state.kind === 'done'),
    );
  }
}

type Window = Awaited<ReturnType<Awaited<ReturnType<typeof startStudio>>['open']>>;
type Opened = Awaited<ReturnType<typeof madeHere>>;

async function laddersWhere(
  window: Window,
  open: Opened['open'],
  takeId: Opened['takeId'],
  wanted: (ladder: NonNullable<Awaited<ReturnType<typeof nextLadder>>>) => boolean,
) {
  const { ladder } = await firstOf(
    window.stream('ladders', { open, takes: [takeId] }),
    (event) => event.ladder !== null && wanted(event.ladder),
  );
  return ladder!;
}
async function nextLadder(window: Window, open: Opened['open'], takeId: Opened['takeId']) {
  return (await firstOf(window.stream('ladders', { open, takes: [takeId] }), () => true)).ladder;
}

it.each([{ packs: undefined }, { packs: [] }])(
  'plays elsewhere, with the packs %j',
  { timeout: 120_000 },
  async (there) => {
    const { test, window, open, folder, takeId, given } = await madeHere();
    const here = await nextLadder(window, open, takeId);
    const facts = await window.request('archiveFacts', { folder });
    expect(facts.shown.files).toBe(2);
    expect(facts.all.files).toBe(4);
    expect(facts.all.bytes).toBeGreaterThan(facts.shown.bytes);
    const file = path.join(test.folder, 'harbour.zip');
    await archive(window, { folder, file, stages: 'shown' });
    expect((await stat(file)).size).toBeGreaterThan(facts.shown.bytes);

    const elsewhere = await startStudio(await temporaryHome(), there);
    const visitor = await elsewhere.open();
    const imported = await bringArchive(visitor, file);
    const { artifacts } = elsewhere.studio.parts.jobs;
    const keys = (await artifacts.list()).map(({ key, pinned }) => ({ key, pinned }));
    const shown = here!.stages[1]!.shown!;
    expect(keys).toHaveLength(2);
    expect(keys).toEqual(
      expect.arrayContaining([
        { key: shown.key, pinned: true },
        { key: given.sha256, pinned: true },
      ]),
    );
    const opened = await visitor.request('openProject', { folder: imported.folder });
    const ladder = await nextLadder(visitor, opened.open, takeId);
    expect(ladder!.stages.find(({ stage }) => stage === second)).toMatchObject({ state: { kind: 'done' }, shown });
    const url = frameUrl(shown.key, shown.frames - 1);
    expect((await elsewhere.get(url)).body.equals((await test.get(url)).body)).toBe(true);
    const source = { kind: 'edit' as const, open: opened.open };
    expect(await visitor.request('planExport', { source, preset: 'png-sequence' })).toMatchObject({ emptyClips: 0 });
  },
);

it('leaves nothing where a frame file was changed or cut off on the way', { timeout: 120_000 }, async () => {
  const { test, window, folder } = await madeHere();
  const file = path.join(test.folder, 'harbour.zip');
  await archive(window, { folder, file });
  const whole = await readFile(file);
  const elsewhere = await startStudio(await temporaryHome());
  const visitor = await elsewhere.open();
  const { artifacts } = elsewhere.studio.parts.jobs;
  for (const spoil of ['changed', 'cut off']) {
    const brought = path.join(elsewhere.folder, `${spoil}.zip`);
    const bytes = Buffer.from(whole);
    // In the middle of the first frame file's frames.
    if (spoil === 'changed')
      bytes.writeUInt8(bytes.readUInt8(bytes.indexOf('SLF') + 200) ^ 1, bytes.indexOf('SLF') + 200);
    await write(brought, spoil === 'changed' ? bytes : bytes.subarray(0, -400));
    await expect(bringArchive(visitor, brought), spoil).rejects.toMatchObject({
      code: 'project-invalid',
    });
    expect(await artifacts.list(), spoil).toEqual([]);
    expect((await artifacts.pins.all()).size, spoil).toBe(0);
    expect(
      (await readdir(artifacts.files.folder)).filter((name) => name.includes('partial')),
      spoil,
    ).toEqual([]);
  }
  expect((await visitor.request('recentProjects', {})).projects).toEqual([]);
});

it('takes along frames that stand for a stage, and exports them, too', { timeout: 120_000 }, async () => {
  const { window, open, folder, takeId } = await madeHere();
  const project = await window.request('openProject', { folder });
  const { shotId } = project.project.takes.get(takeId)!;
  const source = { kind: 'take' as const, takeId, stage: second!, fromFrame: 0 };
  const brought = await window.request('bringStart', { open, packHash, stage: second!, source });
  await make(window, project, (at) => changeStart(at, { shotId, startFrom: { stage: second!, source: brought } }));
  expect((await window.request('archiveFacts', { folder })).shown.files).toBe(2);
  const plan = { source: { kind: 'edit' as const, open }, preset: 'png-sequence' };
  expect(await window.request('planExport', plan)).toMatchObject({ emptyClips: 0 });
});

async function write(file: string, bytes: Buffer): Promise<void> {
  await using handle = await open(file, 'w');
  await handle.writeFile(bytes);
}
