/** Cascade jobs on a temporary home, with the committed test pack's manifest and an inference service that draws instead of sampling. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, onTestFinished } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import { canonicalJson, type Json } from '#shared/canonical-json';
import { SluiceError, type ErrorCode } from '#shared/errors';
import type {
  ProbeRequest,
  ProviderReport,
  StageEvent,
  StagePreparation,
  StageRunRequest,
} from '#shared/inference-contract';
import { packManifestSchema, type StageId } from '#shared/pack-manifest';
import { shotSchema, type Shot } from '#shared/shot';
import { mebibyte, sha256Schema } from '#shared/units';
import type { ArtifactNotice } from '../artifacts/artifact-store';
import { openSharedHome } from '../files/shared-home';
import type { InferenceService } from '../inference/inference-service';
import type { Pack } from '../packs/pack';
import type { CascadeEvent, CascadeRequest, CascadeResult } from './cascade-job';
import { openCascadeJobs, type CascadeJobs, type CascadeJobsOptions } from './cascade-jobs';

export const testPackDirectory = path.resolve(import.meta.dirname, '../../../models/test-pack');

let read: Pack | undefined;

/** Read once: the same pack for all tests of a file. */
export function testPack(): Pack {
  if (read !== undefined) return read;
  const json = JSON.parse(readFileSync(path.join(testPackDirectory, 'manifest.json'), 'utf8')) as Json;
  const hash = sha256Schema.parse(createHash('sha256').update(canonicalJson(json)).digest('hex'));
  read = { directory: testPackDirectory, hash, manifest: packManifestSchema.parse(json) };
  return read;
}

/** Its stages, in their order. */
export function testLadder(): readonly StageId[] {
  return testPack().manifest.stages.map((stage) => stage.id);
}

/** Removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-jobs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function testShot(changes: object = {}): Shot {
  return shotSchema.parse({ prompts: [{ fromSec: 0, prompt: 'a red boat' }], seed: 7, ...changes });
}

export function testRequest(shot: Shot = testShot()): CascadeRequest {
  return { pack: testPack(), shot, memoryBytes: 1024 * mebibyte, threads: 2, previewPixels: 0 };
}

/** Fails a stage's run after `afterSteps` steps. */
export interface Fault {
  readonly stage: string;
  readonly code: ErrorCode;
  readonly afterSteps: number;
}

/**
 * Draws frames that depend on the request and on the input's pictures, writes real frame files, and keeps a checkpoint of how
 * many steps it took; fails as told.
 */
export class DrawingInference implements InferenceService {
  readonly runs: StageRunRequest[] = [];
  readonly probes: ProbeRequest[] = [];
  readonly preparations: StagePreparation[] = [];
  readonly faults: Fault[] = [];
  readonly unusable = new Set<string>(['cuda', 'webgpu', 'dml', 'coreml']);
  /** Awaited before each step, with the signal of its run: what a test does in the middle of a stage. */
  beforeStep: (stage: string, step: number, signal: AbortSignal) => Promise<void> = () => Promise.resolve();
  /** This stage finds the disk full when it writes its frames. */
  fullAt: string | undefined;

  probe(request: ProbeRequest): Promise<ProviderReport> {
    this.probes.push(request);
    const usable = !this.unusable.has(request.provider);
    return Promise.resolve({
      provider: request.provider,
      usable,
      seconds: 0.1,
      ...(!usable && { reason: 'not here' }),
    });
  }

  prepareStage(request: StagePreparation): Promise<void> {
    this.preparations.push(request);
    return Promise.resolve();
  }

  async *runStage(request: StageRunRequest, signal: AbortSignal): AsyncGenerator<StageEvent> {
    this.runs.push(request);
    const steps = request.parameters.steps;
    const checkpoint = path.join(request.checkpointDirectory, 'steps');
    const resumedAtStep = Number(await readFile(checkpoint, 'utf8').catch(() => '0'));
    yield { kind: 'loaded', seconds: 0, resumedAtStep };
    for (let step = resumedAtStep; step < steps; step += 1) {
      const fault = this.faults.findIndex((known) => known.stage === request.stage && known.afterSteps <= step);
      if (fault !== -1) throw new SluiceError(this.faults.splice(fault, 1)[0]!.code, 'as the test said');
      await this.beforeStep(request.stage, step, signal);
      signal.throwIfAborted();
      await writeFile(checkpoint, String(step + 1));
      yield { kind: 'progress', step, steps, done: 1, total: 1 };
    }
    if (request.stage === this.fullAt) await symlink('/dev/full', request.outputPath);
    await draw(request);
    yield { kind: 'finished', runtimeSeconds: 0.9, engineSeconds: 0.1, evaluations: 1, peakRssBytes: 1 };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get stagesRun(): readonly string[] {
    return this.runs.map((run) => run.stage);
  }
}

/** Something that happens once, for `beforeStep` and those who wait for it. */
export class Moment {
  /** It has come. */
  come: () => void = () => undefined;
  readonly reached = new Promise<void>((resolve) => (this.come = resolve));
}

/** For `beforeStep`: the step never comes, however long a test takes; only a cancellation ends the wait. */
export async function untilCancelled(signal: AbortSignal): Promise<void> {
  await new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

async function draw(request: StageRunRequest): Promise<void> {
  const output = request.manifest.stages.find((stage) => stage.id === request.stage)!.output;
  const { stage, seed, parameters, prompts, inputPath } = request;
  const hash = createHash('sha256').update(JSON.stringify([stage, seed, parameters, prompts]));
  for (const file of [...(inputPath === undefined ? [] : [inputPath]), ...request.given.map((given) => given.path)]) {
    const reader = await openFrameFile(file);
    hash.update(await reader.read(0, reader.frames).finally(() => reader.close()));
  }
  const colours = hash.digest();
  const writer = await createFrameFile(request.outputPath, output);
  const length = output.height * output.width * 3;
  for (let frame = 0; frame < output.frames; frame += 1)
    await writer.write(Uint8Array.from({ length }, (_, i) => (colours[i % 32] ?? 0) + frame));
  await writer.finish();
}

export interface TestJobs {
  readonly jobs: CascadeJobs;
  readonly inference: DrawingInference;
  readonly notices: readonly ArtifactNotice[];
  readonly run: (
    request?: CascadeRequest,
    signal?: AbortSignal,
    onEvent?: (event: CascadeEvent) => void,
  ) => Promise<{ result: CascadeResult; events: readonly CascadeEvent[] }>;
  /** As a process does when it ends. */
  readonly close: () => Promise<void>;
}

/** As a process does when it starts. */
export async function openTestJobs(folder: string, options: Partial<CascadeJobsOptions> = {}): Promise<TestJobs> {
  const home = await openSharedHome(folder);
  const inference = new DrawingInference();
  const notices: ArtifactNotice[] = [];
  const versions = { sluice: '1.2.3', onnxruntime: '4.5.6' };
  const onNotice = (notice: ArtifactNotice) => notices.push(notice);
  const jobs = await openCascadeJobs({ home, inference, versions, onNotice, ...options });
  return {
    jobs,
    inference,
    notices,
    run: async (request = testRequest(), signal = new AbortController().signal, onEvent) => {
      const events: CascadeEvent[] = [];
      const result = await jobs.run(request, signal, (event) => {
        events.push(event);
        onEvent?.(event);
      });
      return { result, events };
    },
    close: async () => {
      await jobs.close();
      await home.close();
    },
  };
}

export function ofKind<Kind extends CascadeEvent['kind']>(
  events: readonly CascadeEvent[],
  kind: Kind,
): readonly Extract<CascadeEvent, { kind: Kind }>[] {
  return events.filter((event): event is Extract<CascadeEvent, { kind: Kind }> => event.kind === kind);
}

export interface TestHome {
  /** Only inside of a test. */
  readonly folder: string;
  /** `openTestJobs` on it. */
  readonly openJobs: (options?: Partial<CascadeJobsOptions>) => Promise<TestJobs>;
  /** Of all that is in a part of it, however deep. */
  readonly namesIn: (part: string) => Promise<string[]>;
}

/** A home of its own for each test of a file. */
export function homeForEachTest(): TestHome {
  let folder = '';
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  return {
    get folder() {
      return folder;
    },
    openJobs: (options) => openTestJobs(folder, options),
    namesIn: (part) => readdir(path.join(folder, part), { recursive: true }).catch(() => []),
  };
}
