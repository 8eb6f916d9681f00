/** What must be true of a file's contents, by what the manifest uses it for: graphs, and the tokenizer. Others are not looked into. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackFile, PackManifest } from '#shared/pack-manifest';
import { checkStageGraph, checkTextGraph } from './graph-contract';
import { FileBytes } from './onnx/bytes';
import { type OnnxModel, readModel } from './onnx/read-model';
import { openPlain } from './pack-files';
import { packInvalid, shown } from './pack-invalid';
import { checkTokenizer, largestTokenizerBytes } from './tokenizer-check';

/** Checks a file whose hash was verified, and describes it in a few words. Throws `pack-invalid`. */
export async function checkFileContent(directory: string, manifest: PackManifest, file: PackFile): Promise<string> {
  const absolute = path.join(directory, file.path);
  if (file.path === manifest.text.tokenizer) return await describeTokenizer(absolute, manifest, file);
  const stages = manifest.stages.filter((stage) => stage.graph === file.path);
  const isText = file.path === manifest.text.graph;
  if (stages.length === 0 && !isText) return `${file.sizeBytes} bytes`;
  const model = await readModelFile(absolute);
  for (const stage of stages) checkStageGraph(manifest, stage, model);
  if (isText) checkTextGraph(manifest, model);
  return describeModel(model);
}

async function readModelFile(absolute: string): Promise<OnnxModel> {
  const handle = await openPlain(absolute);
  try {
    return readModel(new FileBytes(handle.fd, (await handle.stat()).size));
  } finally {
    await handle.close();
  }
}

async function describeTokenizer(absolute: string, manifest: PackManifest, file: PackFile): Promise<string> {
  if (file.sizeBytes > largestTokenizerBytes)
    throw packInvalid(
      `The pack's ${shown(file.path)} has ${file.sizeBytes} bytes, and ${largestTokenizerBytes} are allowed.`,
      'Export a smaller vocabulary.',
    );
  return `Unigram, ${checkTokenizer(manifest.text, await readFile(absolute))} pieces`;
}

function describeModel(model: OnnxModel): string {
  const megabytes = (model.tensorBytes / 1e6).toFixed(1);
  const foreign = [...model.operators.keys()].filter((domain) => domain !== '');
  return `${model.nodes} nodes, ${megabytes} MB of weights${foreign.map((domain) => `, ${domain}`).join('')}`;
}
