/** `sluice generate` from end to end, on the test pack: real processes, real inference, real ffmpeg. */
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeMedia, needFfmpeg, never } from '../main/media/ffmpeg.test-support';
import { probeMedia } from '../main/media/probe';
import { decode } from '../main/export/export.test-support';
import { balloon, cliWorkplace, finishedStages, stages, testPack, type CliResult } from './cli.test-support';

const { folder, run } = cliWorkplace();
const at = (name: string): string => path.join(folder, name);

describe('generate', { timeout: 120_000 }, () => {
  const ffmpegPath = needFfmpeg();
  let first: CliResult;
  beforeAll(async () => {
    first = await run([...balloon, '--seed', '7', '--out', 'a.mp4']);
  }, 120_000);

  it('ends with a whole MP4 of the last stage, tagged BT.709', async () => {
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(await probeMedia(ffmpegPath, at('a.mp4'), never)).toMatchObject({
      codec: 'h264',
      pixelFormat: 'yuv420p',
      colourMatrix: 'bt709',
      width: 160,
      height: 96,
      fps: 24,
    });
    expect((await decode(ffmpegPath, at('a.mp4'))).length).toBe(32 * 160 * 96 * 3);
  });

  it('tells of it as JSON, in order, one object a line', () => {
    const kinds = first.events.map(({ event }) => event);
    expect(first.out.trim().split('\n')).toHaveLength(first.events.length);
    expect(kinds.slice(0, 3)).toEqual(['begin', 'planned', 'provider']);
    expect(kinds.slice(-2)).toEqual(['end', 'done']);
    expect(finishedStages(first)).toEqual(stages.map((stage) => [stage, false]));
    const shares = first.events.filter(({ event }) => event === 'export-progress').map(({ share }) => share);
    expect(shares.at(-1)).toBe(1);
  });

  it('keeps every stage: one change in the last stage computes that alone', async () => {
    const changed = await run([...balloon, '--seed', '7', '--stage', 'ssr-768.steps=3', '--out', 'b.mp4']);
    expect(finishedStages(changed)).toEqual(stages.map((stage) => [stage, stage !== 'ssr-768']));
  });

  it('overwrites nothing unless told to', async () => {
    const before = readFileSync(at('a.mp4'));
    expect(await run([...balloon, '--seed', '8', '--out', 'a.mp4'])).toMatchObject({ status: 6 });
    expect(readFileSync(at('a.mp4'))).toEqual(before);
    expect(await run([...balloon, '--seed', '7', '--out', 'a.mp4', '--force'])).toMatchObject({ status: 0 });
  });

  it('names files after the prompt, variations by their seed', async () => {
    const result = await run([...balloon, '--seed', '3', '--variations', '2', '--stop-at', 'base', '--preset', 'gif']);
    expect(result.status).toBe(0);
    for (const seed of [3, 4]) expect(existsSync(at(`a-red-balloon-seed-${seed}.gif.recipe.json`))).toBe(true);
  });

  it('is cancelled by Ctrl-C in the middle of a stage, leaves no partial file, and goes on from there', async () => {
    const long = [...balloon, '--seed', '21', '--stage', 'base.steps=400', '--stop-at', 'base', '--out', 'c.mp4'];
    let isInterrupted = false;
    const cut = await run(long, {
      onOut: (text, kill) => {
        // The third step begins when the checkpoint of the first is durable. Steps may go untold; a second Ctrl-C would end all at once.
        if (isInterrupted || !/"event":"progress".*"step":([2-9]|\d{2,}),/.test(text)) return;
        isInterrupted = true;
        kill('SIGINT');
      },
    });
    expect(cut.status).toBe(130);
    expect(cut.events.at(-1)).toMatchObject({ event: 'error', code: 'cancelled' });
    expect(finishedStages(cut)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('c.') || name.startsWith('.'))).toEqual([]);
    const rest = await run(long);
    expect(rest.events.find(({ event }) => event === 'stage-started')?.['resumedAtStep']).toBeGreaterThan(0);
    expect(rest.status).toBe(0);
  });

  it('killed while it writes the file, leaves nothing under a final name, and the next run writes it', async () => {
    const small = [...balloon, '--seed', '7', '--out', 'k.mp4'];
    const deadly = at('deadly-ffmpeg');
    writeFileSync(deadly, `#!/bin/sh\ncase "$*" in *.partial*) kill -9 $PPID ;; esac\nexec '${ffmpegPath}' "$@"\n`);
    chmodSync(deadly, 0o755);
    const killed = await run(small, { env: { SLUICE_FFMPEG: deadly } });
    expect(killed.status).toBeNull();
    expect(readdirSync(folder).filter((name) => name.startsWith('k.'))).toEqual([]);
    expect(await run(small)).toMatchObject({ status: 0 });
    expect((await run(['replay', 'k.mp4', '-q'])).out).toContain('7 of 7');
  });

  it('begins with pictures and videos of the user', async () => {
    const picture = await makeMedia(
      'testsrc2=size=320x192',
      ['-frames:v', '1', '-f', 'image2', '-update', '1'],
      at('first.png'),
    );
    const video = await makeMedia('testsrc2=size=320x192:rate=24:duration=3', ['-f', 'mp4'], at('mine.mp4'));
    const given = await run([
      ...balloon,
      '--seed',
      '1',
      '--first-frame',
      picture,
      '--last-frame',
      video,
      '--stop-at',
      'tsr-6',
      '--out',
      'd.mp4',
    ]);
    expect(given.status).toBe(0);
    const started = await run([
      ...balloon,
      '--seed',
      '1',
      '--start-from',
      video,
      '--start-stage',
      'ssr-48',
      '--stop-at',
      'ssr-192',
      '--out',
      'e.mp4',
    ]);
    expect(finishedStages(started)).toEqual([['ssr-192', false]]);
    const key = String(
      given.events.find(({ stage, event }) => event === 'stage-finished' && stage === 'tsr-6')?.['key'],
    );
    const continued = await run([
      ...balloon,
      '--start-from',
      key.slice(0, 12),
      '--stop-at',
      'ssr-48',
      '--out',
      'f.mp4',
    ]);
    expect(finishedStages(continued)).toEqual([['ssr-48', false]]);
  });

  it('follows another prompt from a second on', async () => {
    const parts = [...balloon, '--seed', '1', '--stop-at', 'base', '--then', '0.6:it begins to snow', '--out', 'g.mp4'];
    expect(finishedStages(await run(parts))).toEqual([['base', false]]);
    const { shot } = JSON.parse(readFileSync(at('g.mp4.recipe.json'), 'utf8')) as { shot: { prompts: unknown } };
    expect(shot.prompts).toEqual([
      { fromSec: 0, prompt: 'a red balloon' },
      { fromSec: 0.6, prompt: 'it begins to snow' },
    ]);
    const late = await run([...balloon, '--then', '99:too late', '--plan']);
    expect(late).toMatchObject({ status: 2, events: [{ code: 'invalid-shot' }] });
  });

  it('shows the plan without running anything', async () => {
    const plan = await run([...balloon, '--seed', '99', '--oscillate', '9,1@2-5', '--plan']);
    expect(plan.events).toHaveLength(1);
    const [{ stages: planned } = {}] = plan.events as {
      stages?: { id: string; reused: boolean; steps: { guidanceWeight: number }[] }[];
    }[];
    expect(planned?.map(({ id, reused }) => [id, reused])).toEqual(stages.map((id) => [id, false]));
    expect(planned?.[0]?.steps.map(({ guidanceWeight }) => guidanceWeight)).toEqual([9, 9, 9, 1, 9, 1, 1, 1]);
    const known = await run([
      'generate',
      'a red balloon',
      '--pack',
      testPack,
      '--seed',
      '7',
      '--threads',
      '1',
      '--provider',
      'cpu',
      '--plan',
    ]);
    expect(known.out).toContain('Everything is there: nothing would run.');
  });

  it('says before it runs what memory each stage takes, and that it is not enough', async () => {
    const plan = [...balloon, '--seed', '99', '--plan'];
    const enough = (await run([...plan, '--variations', '3'])).events[0] as {
      clips: number;
      stages: { memoryBytes: number; fits: boolean; windows: number }[];
    };
    expect(enough.clips).toBe(3);
    for (const { memoryBytes, fits, windows } of enough.stages) {
      expect([fits, windows >= 1]).toEqual([true, true]);
      expect(memoryBytes).toBeLessThan(2e9);
    }
    const little = (await run([...plan, '--memory', '140MB'])).events[0] as typeof enough;
    const fits = new Map(stages.map((stage, i) => [stage, little.stages[i]?.fits]));
    expect([fits.get('base'), fits.get('ssr-768')]).toEqual([true, false]);
    const text = plan.filter((word) => word !== '--json');
    expect((await run([...text, '--memory', '140MB', '--variations', '2'])).out).toMatch(
      /Too little memory for ssr-768: it needs at least \d+ MB\. Give more with --memory\.\n.*This is one of 2 clips/s,
    );
    const refused = await run([...balloon, '--seed', '99', '--memory', '140MB', '--out', 'never.mp4']);
    expect(refused.events.at(-1)).toMatchObject({ event: 'error', code: 'out-of-memory' });
    expect(refused.events.filter(({ event }) => event === 'stage-started')).toEqual([]);
  });

  it('names words that the pack does not know, and runs all the same', async () => {
    const words = ['a red fox', '--plan'];
    const plan = await run(['generate', ...words]);
    expect(plan).toMatchObject({
      status: 0,
      err: 'note: The pack papercut does not know "fox": a clip need not show what they say.\n',
    });
    expect((await run(['generate', ...words, '--json'])).events.map(({ event }) => event)).toEqual(['notice', 'plan']);
    expect((await run(['generate', ...words, '--quiet'])).err).toBe('');
  });

  it.each([
    ['an empty prompt', ['generate', ''], 2, 'invalid-prompt'],
    ['no prompt', ['generate'], 2, 'invalid-prompt'],
    ['a prompt of 10,000 characters', ['generate', 'x'.repeat(10_000)], 2, 'invalid-prompt'],
    ['a control character', ['generate', 'a\u0007b'], 2, 'invalid-prompt'],
    ['an unknown option', ['generate', 'x', '--sead', '1'], 2, 'invalid-argument'],
    ['a fractional seed', ['generate', 'x', '--seed', '1.5'], 2, 'invalid-argument'],
    ['an unknown stage', ['generate', 'x', '--stage', 'ssr-1.steps=2'], 2, 'invalid-shot'],
    ['a pack that is not there', ['generate', 'x', '--pack', 'no-such-pack'], 3, 'pack-not-found'],
    ['a folder that is not there', ['generate', 'x', '--out', 'none/a.mp4'], 2, 'invalid-argument'],
    ['a video that is not one', ['generate', 'x', '--start-from', 'text.mp4'], 4, 'media-unsupported'],
    [
      'a provider that is not there',
      ['generate', 'x', '--provider', process.platform === 'darwin' ? 'dml' : 'coreml', '--pack', testPack],
      7,
      'provider-unavailable',
    ],
    ['a command that is not there', ['generat', 'x'], 2, 'invalid-argument'],
  ])('refuses %s', async (_, args, status, code) => {
    writeFileSync(at('text.mp4'), 'I am no video.');
    const refused = await run([...args, '--json']);
    expect(refused.status).toBe(status);
    expect(
      refused.events.filter(({ event }) => !['notice', 'begin', 'planned', 'end'].includes(String(event))),
    ).toEqual([expect.objectContaining({ event: 'error', code })]);
  });

  it('says what to do without ffmpeg, before anything is computed', async () => {
    const result = await run(['generate', 'x', '--pack', testPack], { env: { SLUICE_FFMPEG: '/nowhere/ffmpeg' } });
    expect(result).toMatchObject({ status: 4, out: '' });
    expect(result.err).toBe(
      'sluice: SLUICE_FFMPEG names "/nowhere/ffmpeg", which is not a program. Correct or unset it.\n',
    );
  });

  it('says what to do where its home cannot be written to', async () => {
    writeFileSync(at('a-file'), '');
    const result = await run(['generate', 'x', '--pack', testPack, '--home', path.join('a-file', 'home')]);
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toMatch(/a-file" is a file\. Choose another folder with --home or SLUICE_HOME\.\n$/);
    const doctor = await run(['doctor', '--home', 'a-file']);
    expect(doctor.status).toBe(1);
    expect(doctor.out).toMatch(/✗ home .*a-file" is a file\. Choose another folder/);
  });
});
