import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { isCancellation } from '#shared/errors';
import type { StageEvent, StageRunRequest } from '#shared/inference-contract';
import { runStage, type Resources } from './run-stage';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { stageRequest, temporaryDirectory, testPack } from './test-pack.test-support';

const never = new AbortController().signal;
let resources: Resources;
beforeEach(() => {
  const pool = new SessionPool();
  resources = { pool, texts: new StageTexts(pool) };
});

async function run(request: StageRunRequest, signal = never): Promise<StageEvent[]> {
  const events: StageEvent[] = [];
  for await (const event of runStage(request, resources, signal)) events.push(event);
  return events;
}

async function framesSha256(request: StageRunRequest): Promise<string> {
  const file = await openFrameFile(request.outputPath);
  await file.verify();
  await file.close();
  return file.framesSha256;
}

describe('a stage on the real runtime', () => {
  test('all seven stages of the test pack run one after another, each on the frames of the one before', async () => {
    const directory = await temporaryDirectory();
    let inputPath: string | undefined;
    for (const { id, output } of testPack().manifest.stages) {
      const request = stageRequest(id, directory, inputPath === undefined ? {} : { inputPath });
      const events = await run(request);
      expect(events[0]).toMatchObject({ kind: 'loaded', resumedAtStep: 0 });
      expect(events.at(-1)).toMatchObject({ kind: 'finished' });
      const previews = events.filter(({ kind }) => kind === 'preview');
      expect(previews).toHaveLength(request.parameters.steps);
      const file = await openFrameFile(request.outputPath);
      expect(file).toMatchObject(output);
      await file.verify();
      await file.close();
      inputPath = request.outputPath;
    }
  });
});
