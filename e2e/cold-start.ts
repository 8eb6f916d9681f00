/**
 * Where the time goes until the first preview of a shot, in a home that is new, in one that was used before, and in a process that is
 * warm: `npm run build && npx jiti e2e/cold-start.ts [pack directory]`. One part after the other, as if somebody asked for a shot in the
 * very moment in which the studio opens; a studio does all but the last part while the first words are typed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultMemoryBytes, defaultThreads } from '../src/main/default-means';
import type { CascadeJobs } from '../src/main/jobs/cascade-jobs';
import { preferredProviders, reasonAgainst } from '../src/main/jobs/provider-choice';
import type { Pack } from '../src/main/packs/pack';
import { Sluice } from '../src/main/sluice';
import { shotSchema } from '../src/shared/shot';
import { defaultSettings } from '../src/shared/studio/settings';

const [packDirectory = 'models/starter'] = process.argv.slice(2);
const never = new AbortController().signal;
const { previewPixels } = defaultSettings;
const means = { memoryBytes: defaultMemoryBytes(), threads: defaultThreads() };
const say = (line: string) => process.stdout.write(`${line}\n`);

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-cold-'));
try {
  await measure('a new home', path.join(folder, 'home'), 1);
  await measure('the same home, started again', path.join(folder, 'home'), 2);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(title: string, home: string, seed: number): Promise<void> {
  const sluice = new Sluice({
    home,
    builtInPacks: [path.resolve(packDirectory)],
    ffmpeg: { chosen: undefined, searchPath: '' },
    inferenceEntry: path.resolve('out/inference.js'),
    environment: process.env,
    version: '0.0.0',
  });
  say(`${title}:`);
  const from = performance.now();
  try {
    const jobs = await timed('folder opened', () => sluice.jobs());
    const pack = await timed('pack validated', () => sluice.packs.resolve());
    await chooseProvider(jobs, pack);
    await timed('text encoder and first stage loaded', () => jobs.prepare({ pack, ...means }, never));
    await timed('first preview', () => firstPreview(jobs, pack, seed));
    say(`  ${milliseconds(from)}  all of it`);
    await timed('first preview of another shot, warm', () => firstPreview(jobs, pack, -seed));
  } finally {
    await sluice.close();
  }
}

/** By the rule of jobs: up to the first against which nothing speaks. */
async function chooseProvider({ services }: CascadeJobs, pack: Pack): Promise<void> {
  for (const provider of preferredProviders(process.platform)) {
    const report = await timed(`${provider} probed`, () => services.providers.report(pack, provider, never));
    if (reasonAgainst(report) === undefined) return;
  }
}

/** Until main has the clip after one step; the shot's base is then finished before this resolves. */
async function firstPreview(jobs: CascadeJobs, pack: Pack, seed: number): Promise<void> {
  const [stage] = pack.manifest.stages;
  const prompts = [{ fromSec: 0, prompt: `a red boat sails past snowy mountains ${seed}` }];
  const shot = shotSchema.parse({ prompts, seed: Math.abs(seed), stopAt: stage?.id });
  const abort = new AbortController();
  const run = jobs.run({ pack, shot, ...means, previewPixels }, abort.signal, ({ kind }) => {
    if (kind === 'preview') abort.abort();
  });
  await run.catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
}

async function timed<Result>(part: string, work: () => Promise<Result>): Promise<Result> {
  const from = performance.now();
  const result = await work();
  say(`  ${milliseconds(from)}  ${part}`);
  return result;
}

function milliseconds(from: number): string {
  return `${(performance.now() - from).toFixed(0).padStart(6)} ms`;
}
