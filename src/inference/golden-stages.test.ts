/** Whole stages of eight steps against torch (`models/golden/test-pack-stages.json`): the engine, ONNX Runtime and the frame files together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openFrameFile } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import { runStage } from './run-stage';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { stageRequest, temporaryDirectory, testPackDirectory } from './test-pack.test-support';

/** Base64 of RGB, 8 bits, rows of pixels. */
const pixels = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const goldenSchema = z.object({
  prompts: z.array(z.string()),
  runs: z.array(
    z.object({
      stage: z.string(),
      seed: z.int(),
      promptOfFrame: z.array(z.int()),
      lowRes: pixels.nullable(),
      given: z.array(z.object({ frame: z.int(), picture: pixels })),
      shape: z.tuple([z.int(), z.int(), z.int(), z.literal(3)]),
      frames: pixels,
    }),
  ),
});
const file = path.join(testPackDirectory, '../golden/test-pack-stages.json');
const golden = goldenSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** The stages before these ran at half the size. */
const scale = 2;
const fps = 6;

test.each(golden.runs)('$stage gives the frames that torch gave', async (run) => {
  const directory = await temporaryDirectory();
  const [frames, height, width] = run.shape;
  const written = async (name: string, rgb: Uint8Array, shape: { frames: number; height: number; width: number }) => {
    const writer = await createFrameFile(path.join(directory, name), { ...shape, fps });
    await writer.write(rgb);
    await writer.finish();
    return path.join(directory, name);
  };
  const input = { frames, height: height / scale, width: width / scale };
  const given = run.given.map(async ({ frame, picture }) => ({
    frame,
    path: await written(`given-${frame}.frames`, picture, { frames: 1, height, width }),
    sourceFrame: 0,
  }));
  const request = stageRequest(run.stage, directory, {
    seed: run.seed,
    prompts: golden.prompts,
    partOfFrame: run.promptOfFrame,
    given: await Promise.all(given),
    ...(run.lowRes && { inputPath: await written('input.frames', run.lowRes, input) }),
  });
  const pool = new SessionPool();
  const events = runStage(request, { pool, texts: new StageTexts(pool) }, new AbortController().signal);
  for await (const event of events) expect(event.kind).toMatch(/loaded|progress|preview|finished/);
  await pool.release();

  const output = await openFrameFile(request.outputPath);
  const found = await output.read(0, output.frames);
  await output.close();
  expect(found).toHaveLength(run.frames.length);
  const differences = run.frames.map((value, i) => Math.abs(value - (found[i] ?? NaN)));
  expect(Math.max(...differences)).toBeLessThanOrEqual(3);
  expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(1);
});
