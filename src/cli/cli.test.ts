/** The other commands from end to end, on a clip of the test pack: real processes, real inference, real ffmpeg. */
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { announcePresence } from '#main/files/presence';
import { makeMedia, needFfmpeg } from '../main/media/ffmpeg.test-support';
import { balloon, cliWorkplace, finishedStages, stages, testPack } from './cli.test-support';

const { folder, home, run } = cliWorkplace();
const at = (name: string): string => path.join(folder, name);

describe('replay, export and the rest', { timeout: 120_000 }, () => {
  needFfmpeg();
  beforeAll(async () => {
    await run([...balloon, '--seed', '7', '--out', 'a.mp4']);
  }, 120_000);

  it('repeats a clip byte by byte from the recipe inside it, computing everything anew', async () => {
    // Of a process that is gone, and of one that replays: however old they are.
    const presence = await announcePresence(path.join(home, 'presence'));
    const [dead, alive] = ['1-0123456789abcdef', presence.id].map((id) => path.join(home, `replay-${id}-x`));
    for (const left of [dead!, alive!]) {
      mkdirSync(left);
      utimesSync(left, 0, 0);
    }
    const result = await run(
      ['replay', 'a.mp4', '--json', '--threads', '2', '--memory', '700MB', '--out', 'again.mp4'],
      { env: {} },
    );
    expect(finishedStages(result)).toEqual(stages.map((stage) => [stage, false]));
    expect(result.events.at(-1)).toMatchObject({ event: 'replay', equal: true });
    expect(result.status).toBe(0);
    expect(existsSync(at('again.mp4'))).toBe(true);
    expect(readdirSync(home).filter((name) => name.startsWith('replay-'))).toEqual([path.basename(alive!)]);
    await presence.close();
  });

  it('says so when a replay comes out differently', async () => {
    const recipe = readFileSync(at('a.mp4.recipe.json'), 'utf8').replace('"seed": 7', '"seed": 8');
    writeFileSync(at('other.json'), recipe);
    const result = await run(['replay', 'other.json']);
    expect(result.status).toBe(1);
    expect(result.out).toMatch(/≠ base +differs by \d+\.\d+ of 255 on average/);
    expect(result.out).toContain('0 of 7 stages are equal byte by byte.');
  });

  it('refuses to replay what has no recipe, a damaged one, or another pack', async () => {
    writeFileSync(at('damaged.json'), '{"format":"sluice-recipe"}');
    expect(await run(['replay', 'damaged.json'])).toMatchObject({ status: 4 });
    const bare = await makeMedia('testsrc2=size=64x48:duration=1', ['-f', 'mp4', '-y'], at('bare.mp4'));
    expect(await run(['replay', bare])).toMatchObject({ status: 4 });
    const text = readFileSync(at('a.mp4.recipe.json'), 'utf8');
    writeFileSync(at('foreign.json'), text.replace(/("hash": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`));
    expect(await run(['replay', 'foreign.json'])).toMatchObject({ status: 3 });
    expect(await run(['replay', 'foreign.json', '--pack', testPack])).toMatchObject({ status: 3 });
  });

  it('exports any stage of a clip from its own frames', async () => {
    const result = await run([
      'export',
      'a.mp4',
      '--stage',
      'ssr-48',
      '--preset',
      'png-sequence',
      '--range',
      '2-5',
      '--json',
      '--out',
      'stage',
    ]);
    expect(result.status).toBe(0);
    expect(readdirSync(at('stage'))).toEqual(['frame-000000.png', 'frame-000001.png', 'frame-000002.png']);
    expect(JSON.parse(readFileSync(at('stage.recipe.json'), 'utf8'))).toMatchObject({ shot: { stopAt: 'ssr-48' } });
  });

  it('lists, verifies and removes artifacts', async () => {
    const listed = await run(['artifacts', 'list', '--json']);
    expect(listed.events.length).toBeGreaterThanOrEqual(7);
    expect((await run(['artifacts', 'verify'])).out).toMatch(/^(\d+) of \1 artifacts are whole\.\n$/);
    const key = String(listed.events[0]?.['key']);
    expect(await run(['artifacts', 'remove', key.slice(0, 10)])).toMatchObject({ status: 0 });
    expect(await run(['artifacts', 'remove', key.slice(0, 10)])).toMatchObject({ status: 1 });
    expect(await run(['artifacts', 'clear'])).toMatchObject({ status: 2 });
  });

  it('lists packs and says what the machine has', async () => {
    expect((await run(['packs', 'list'])).out).toContain('papercut-test');
    const doctor = await run(['doctor', '--json']);
    expect(doctor.status).toBe(0);
    expect(doctor.events[0]).toMatchObject({ event: 'doctor', well: true });
    const cpu = (doctor.events[0] as { providers: { provider: string; usable: boolean }[] }).providers.find(
      ({ provider }) => provider === 'cpu',
    );
    expect(cpu).toMatchObject({ usable: true });
    const asked = await run(['doctor', '--json', '--threads', '3', '--memory', '1GB', '--provider', 'cpu']);
    expect(asked.events[0]).toMatchObject({
      well: true,
      settings: { threads: 3, memoryBytes: 1e9, provider: 'cpu' },
      usedProvider: 'cpu',
    });
    const other = process.platform === 'darwin' ? 'dml' : 'coreml';
    const without = await run(['doctor', '--provider', other, '--memory', '200MB']);
    expect(without.status).toBe(1);
    expect(without.out).toMatch(
      new RegExp(`✗ provider +${other}, which --provider names, cannot be used: leave --provider out`),
    );
    expect(without.out).toMatch(/✗ settings .* too little for ssr-\d+, which needs at least \d+ MB/);
  });

  it('helps: the program, every command, and who misspells one', async () => {
    const { out, status } = await run(['--help']);
    expect(status).toBe(0);
    for (const name of ['generate', 'replay', 'export', 'packs', 'artifacts', 'doctor']) {
      expect(out).toContain(`  ${name}`);
      expect((await run([name, '--help'])).out).toContain('Examples');
    }
    expect((await run(['packs', 'lst'])).err).toContain('Did you mean "list"?');
    expect((await run([])).status).toBe(2);
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
