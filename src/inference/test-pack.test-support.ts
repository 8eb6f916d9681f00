/** The committed pack of untrained networks, and requests for its stages. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { StageRunRequest } from '#shared/inference-contract';
import { packManifestSchema, stageIdSchema, type StageSpec } from '#shared/pack-manifest';
import { mebibyte, sha256Schema } from '#shared/units';
import type { PackOnDisk } from './pack-file';

export const testPackDirectory = path.resolve(import.meta.dirname, '../../models/test-pack');

export function testPack(): PackOnDisk {
  const text = readFileSync(path.join(testPackDirectory, 'manifest.json'), 'utf8');
  return { packDirectory: testPackDirectory, manifest: packManifestSchema.parse(JSON.parse(text)) };
}

export function testStage(id: string, pack = testPack()): StageSpec {
  const spec = pack.manifest.stages.find((stage) => stage.id === id);
  if (spec === undefined) throw new Error(`The test pack has no stage ${id}.`);
  return spec;
}

/** Removed after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-inference-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A run of a stage with its defaults; output and checkpoints in `directory`. */
export function stageRequest(id: string, directory: string, changes: Partial<StageRunRequest> = {}): StageRunRequest {
  const pack = testPack();
  const spec = testStage(id, pack);
  return {
    ...pack,
    stage: stageIdSchema.parse(id),
    parameters: spec.defaults,
    seed: 7,
    prompts: ['a red balloon drifts left over snowy mountains at sunset'],
    negativePrompt: '',
    partOfFrame: Array.from({ length: spec.output.frames }, () => 0),
    given: [],
    outputPath: path.join(directory, `${id}.frames`),
    checkpointDirectory: path.join(directory, `${id}.checkpoint`),
    provider: 'cpu',
    memoryBytes: 1024 * mebibyte,
    threads: 1,
    previewPixels: 64,
    ...changes,
  };
}

/** The pack with `bytes` as its `file`, on disk and in its manifest: what somebody who makes packs could hand us. */
export async function withFile(pack: PackOnDisk, file: string, bytes: Uint8Array): Promise<PackOnDisk> {
  await writeFile(path.join(pack.packDirectory, file), bytes);
  const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'));
  const files = pack.manifest.files.map((entry) =>
    entry.path === file ? { ...entry, sizeBytes: bytes.byteLength, sha256, chunkSha256: [sha256] } : entry,
  );
  return { ...pack, manifest: { ...pack.manifest, files } };
}

/** A copy of the test pack that a test may spoil. */
export async function packCopy(): Promise<PackOnDisk> {
  const packDirectory = await temporaryDirectory();
  await cp(testPackDirectory, packDirectory, { recursive: true });
  return { ...testPack(), packDirectory };
}
