/**
 * Kills a run at random moments, again and again, and shows that nothing was lost: `npx jiti e2e/kill-anytime.ts [kills] [pack directory]`.
 * After each kill every finished stage is whole and is never made again; in the end the frames are those of an undisturbed run.
 * With the starter pack this takes a while; without arguments it kills twenty times on the committed pack of untrained networks.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { framesOf, readArtifacts, startCascade } from '../src/main/jobs/cascade-process.test-support';

const [kills = '20', packDirectory = 'models/test-pack'] = process.argv.slice(2);
const pack = path.resolve(packDirectory);
const shot = { prompts: [{ fromSec: 0, prompt: 'a red boat on the sea at sunset' }], seed: 3 };
const say = (line: string) => process.stdout.write(`${line}\n`);

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-kill-'));
try {
  let firstMs = 0;
  const undisturbed = startCascade(path.join(folder, 'undisturbed'), pack, shot, {
    onLine: () => (firstMs ||= performance.now()),
  });
  if ((await undisturbed.exited) !== 0) throw new Error('The undisturbed run failed.');
  const workMs = performance.now() - firstMs;
  const expected = framesOf(undisturbed.told.recipe);
  say(`undisturbed: ${undisturbed.told.made.length} stages in ${(workMs / 1000).toFixed(1)} s`);
  const home = path.join(folder, 'killed');
  for (let kill = 1; kill <= Number(kills); kill += 1) await killOnce(home, kill, workMs);
  await finish(home, expected);
  say('PASS');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Kills at a random moment from the plan on, any moment of the time that the whole takes being as likely. Goes on from the kill before;
 * begins afresh when everything is made, and after every third kill, so that the early stages are hit as well. */
async function killOnce(home: string, kill: number, workMs: number): Promise<void> {
  const before = await readArtifacts(home);
  const atMs = Math.random() * workMs;
  const run = startCascade(home, pack, shot, {
    onLine: ({ lines }) => {
      if (lines === 1) void wait(atMs).then(() => run.child.kill('SIGKILL'));
    },
  });
  const exitCode = await run.exited;
  const after = await readArtifacts(home);
  const again = run.told.made.filter((stage) => stage in before);
  if (again.length > 0) throw new Error(`Made again though finished: ${again.join(', ')}.`);
  for (const stage of [...Object.keys(before), ...run.told.made])
    if (after[stage] === undefined || (before[stage] ?? after[stage]) !== after[stage])
      throw new Error(`Stage ${stage} was finished and is gone or changed.`);
  const resumed = run.told.resumed.length > 0 ? `, resumed ${run.told.resumed.join(' ')}` : '';
  const how = exitCode === null ? `killed at ${(atMs / 1000).toFixed(2)} s` : 'finished before the kill';
  say(
    `${kill}: ${how}, ${Object.keys(after).length} stages whole, made ${run.told.made.join(' ') || 'none'}${resumed}`,
  );
  if (exitCode !== null || kill % 3 === 0) await rm(home, { recursive: true, force: true });
}

async function finish(home: string, expected: Readonly<Record<string, string>>): Promise<void> {
  const run = startCascade(home, pack, shot);
  if ((await run.exited) !== 0) throw new Error('The run after the kills failed.');
  const made = framesOf(run.told.recipe);
  for (const [stage, frames] of Object.entries(expected))
    if (made[stage] !== frames) throw new Error(`Stage ${stage} has other frames than undisturbed.`);
  const left = (await readdir(path.join(home, 'artifacts'))).filter((name) => name.endsWith('.partial'));
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}.`);
}
