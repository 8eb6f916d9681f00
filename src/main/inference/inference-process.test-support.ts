/** The service on real child processes, and runs of the test pack long enough to have a middle. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import { openFrameFile } from '#frames/reader';
import type { StageEvent, StageRunRequest } from '#shared/inference-contract';
import { stageRequest, temporaryDirectory } from '../../inference/test-pack.test-support';
import { InferenceProcess, type InferenceOptions } from './inference-process';
import { forkInference } from './spawn';

// Starting a process takes seconds on a busy machine; the tests wait for what happens, not for a time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

export const entryPath = path.resolve(import.meta.dirname, '../../../out/inference.js');
export const never: AbortSignal = new AbortController().signal;

/** A service on real processes, whose ids the test sees. */
export function service(
  options: Partial<InferenceOptions> = {},
  entry = entryPath,
): { inference: InferenceProcess; pids: number[] } {
  const pids: number[] = [];
  const fork = forkInference(entry, process.env);
  const spawn = () => {
    const child = fork();
    if (child.pid !== undefined) pids.push(child.pid);
    return child;
  };
  const inference = new InferenceProcess({ spawn, ...options });
  onTestFinished(() => inference.close());
  return { inference, pids };
}

export async function events(inference: InferenceProcess, request: StageRunRequest): Promise<StageEvent[]> {
  const all: StageEvent[] = [];
  for await (const event of inference.runStage(request, never)) all.push(event);
  return all;
}

export async function framesSha256(file: string): Promise<string> {
  const reader = await openFrameFile(file);
  await reader.verify();
  await reader.close();
  return reader.framesSha256;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The test's own time limit is the only one: a busy machine may take long to let a process end. */
export async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(25);
}

/** As many as are allowed: what is done at the first of them is done long before the last, also on a busy machine. */
export const mostSteps = 1000;

/** A stage of many short steps, so that there is a middle to do things in. */
export async function longRun(steps = 100): Promise<StageRunRequest> {
  const request = stageRequest('base', await temporaryDirectory());
  return { ...request, parameters: { ...request.parameters, steps } };
}
