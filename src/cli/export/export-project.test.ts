/** `sluice export --project` and `sluice replay` of what it wrote, with the real command line and the real test pack. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Locks } from '#main/files/lock';
import { announcePresence } from '#main/files/presence';
import { testPack, testPackDirectory } from '#main/jobs/jobs.test-support';
import { needFfmpeg } from '#main/media/ffmpeg.test-support';
import { ProjectStore } from '#main/projects/project-store';
import { asEdit } from '#shared/project/edit';
import type { Change } from '#shared/project/change';
import { addClips } from '#shared/project/edits/place-clips';
import { addShot } from '#shared/project/edits/shots';
import { boatClip } from '#shared/project/project.test-fixtures';
import { directionSchema, projectShotSchema, takeSchema } from '#shared/project/project-shot';
import { anyRecipeSchema } from '#shared/recipe';
import { cliWorkplace } from '../cli.test-support';

describe('sluice export --project', { timeout: 120_000 }, () => {
  needFfmpeg();
  const workplace = cliWorkplace();
  const prompt = 'a red boat';

  /** A clip of 12 frames of what `sluice generate` makes of the prompt, on a larger canvas. */
  async function project(): Promise<string> {
    const presence = await announcePresence(path.join(workplace.folder, 'presence'));
    const locks = new Locks(path.join(workplace.folder, 'locks'), presence);
    const store = new ProjectStore({ locks, recentFile: path.join(workplace.folder, 'recent.json') });
    const opened = await store.create(workplace.folder, 'Harbour', { size: { width: 200, height: 120 } });
    const make = async (change: Change): Promise<void> => {
      const edit = asEdit(change);
      if (edit !== undefined) await opened.apply(edit);
    };
    const { manifest, hash } = testPack();
    const { frames, fps } = manifest.stages.at(-1)!.output;
    const shot = projectShotSchema.parse({
      ...{ id: 'shot-boat', name: 'Boat', packHash: hash, frames, frameRate: { num: fps, den: 1 } },
      direction: directionSchema.parse({ prompts: [{ fromSec: 0, prompt }] }),
    });
    const take = takeSchema.parse({
      id: 'take-boat1',
      shotId: shot.id,
      number: 1,
      seed: 7,
      stages: {},
      rating: 0,
      made: [],
    });
    await make(addShot(opened.project, { shot, takes: [take] }));
    const track = [...opened.project.tracks.values()].find(({ kind }) => kind === 'video')!.id;
    const clip = boatClip('a', { trackId: track, inFrame: 2, lengthFrames: 12 });
    await make(addClips(opened.project, { clips: [clip] }));
    await store.closeAll();
    await presence.close();
    return opened.directory;
  }

  it('writes what the edit shows, says what shows nothing, and replays', async () => {
    const folder = await project();
    const empty = await workplace.run(['export', '--project', folder, '-o', 'empty.mp4']);
    expect(empty.status).toBe(0);
    expect(empty.err).toContain('nothing of them was made: 1');
    const made = await workplace.run([
      'generate',
      prompt,
      '--seed',
      '7',
      '--pack',
      testPackDirectory,
      '-o',
      'boat.mp4',
    ]);
    expect(made.status).toBe(0);
    const more = ['--size', '100x100', '--fps', '12', '--range', '2-10'];
    const written = await workplace.run(['export', '--project', folder, '-o', 'edit.mp4', ...more, '--json']);
    expect(written).toMatchObject({ status: 0 });
    expect(written.err).not.toContain('show nothing');
    const file = path.join(workplace.folder, 'edit.mp4');
    const recipe = anyRecipeSchema.parse(JSON.parse(readFileSync(`${file}.recipe.json`, 'utf8')));
    expect(recipe).toMatchObject({
      ...{ format: 'sluice-edit-recipe', range: { inFrame: 2, outFrame: 10 } },
      ...{ size: { width: 100, height: 100 }, frameRate: { num: 12, den: 1 }, takes: [{ stage: 'ssr-768' }] },
    });
    const again = await workplace.run(['replay', 'edit.mp4', '--json']);
    expect(again.status).toBe(0);
    expect(again.events.find(({ event }) => event === 'replay')).toMatchObject({ equal: true, media: [] });
  });

  it('refuses frames that are not there, and leaves nothing', async () => {
    const folder = path.join(workplace.folder, 'Harbour.sluice');
    const refused = await workplace.run(['export', '--project', folder, '-o', 'none.mp4', '--range', '0-99']);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('there are 12');
    expect(existsSync(path.join(workplace.folder, 'none.mp4'))).toBe(false);
  });
});
