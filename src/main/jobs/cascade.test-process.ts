/**
 * A process that makes one clip with the real inference process, for tests that start two of them or kill them. Prints each event
 * and the result as a line of JSON. Told a stage, it suspends itself when it has begun that one, whose lock it then holds.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, type Json } from '#shared/canonical-json';
import { packManifestSchema } from '#shared/pack-manifest';
import { shotSchema } from '#shared/shot';
import { mebibyte, sha256Schema } from '#shared/units';
import { openSharedHome } from '../files/shared-home';
import { InferenceProcess } from '../inference/inference-process';
import { forkInference } from '../inference/spawn';
import { openCascadeJobs } from './cascade-jobs';

const [homeFolder = '', packDirectory = '', shotText = '{}', suspendAt] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const json = JSON.parse(readFileSync(path.join(packDirectory, 'manifest.json'), 'utf8')) as Json;
const hash = sha256Schema.parse(createHash('sha256').update(canonicalJson(json)).digest('hex'));
const pack = { directory: packDirectory, hash, manifest: packManifestSchema.parse(json) };
const home = await openSharedHome(homeFolder);
const entry = path.resolve(import.meta.dirname, '../../../out/inference.js');
const inference = new InferenceProcess({ spawn: forkInference(entry, process.env) });
const versions = { sluice: '0.0.0', onnxruntime: '0.0.0' };
const jobs = await openCascadeJobs({ home, inference, versions, onNotice: (notice) => say({ notice }) });
const shot = shotSchema.parse(JSON.parse(shotText));
const request = { pack, shot, provider: 'cpu', memoryBytes: 512 * mebibyte, threads: 1, previewPixels: 0 } as const;
const result = await jobs.run(request, new AbortController().signal, (event) => {
  say({ event });
  if (event.kind === 'stage-started' && event.stage === suspendAt) process.kill(process.pid, 'SIGSTOP');
});
say({ result });
await inference.close();
await jobs.close();
await home.close();
