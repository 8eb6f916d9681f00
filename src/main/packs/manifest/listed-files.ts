/**
 * Whether `files` names everything that the manifest uses, each once, under names that mean the same file on every system, and
 * of kinds that hold data only: no code, no pickle, no graph that nobody checks.
 */
import { type PackFile, packChunkBytes, type PackManifest } from '#shared/pack-manifest';
import type { ManifestProblem } from './problem';

/** A protobuf message cannot be larger (protobuf.dev, "Proto limits"). */
export const largestGraphBytes = 2 ** 31 - 1;
const largestPackBytes = 64 * 1024 ** 3;
const dataExtensions = ['.onnx', '.json', '.md', '.txt', '.png', '.jpg', '.jpeg', '.webp'];
/** Device names of Windows, with any extension, and names that end in a dot, which it drops. */
const unportableName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i;

export function* listedFileProblems(manifest: PackManifest): Generator<ManifestProblem> {
  const taken = new Map<string, string>();
  for (const [index, file] of manifest.files.entries()) {
    const field = `files[${index}]`;
    yield* nameProblems(`${field}.path`, file.path, taken);
    yield* sizeProblems(field, file);
    taken.set(file.path.toLowerCase(), file.path);
  }
  yield* nestingProblems(manifest, taken);
  yield* roleProblems(manifest);
  const total = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (total > largestPackBytes)
    yield { field: 'files', value: total, but: 'a pack holds at most 64 GiB', remedy: 'Split it into several packs.' };
}

function* nameProblems(field: string, path: string, taken: ReadonlyMap<string, string>): Generator<ManifestProblem> {
  const other = taken.get(path.toLowerCase());
  if (other !== undefined)
    yield { field, value: path, but: `${other} is the same file where case does not count`, remedy: 'Rename one.' };
  if (path.toLowerCase() === 'manifest.json')
    yield { field, value: path, but: 'the manifest cannot hold its own hash', remedy: 'Leave it out of the list.' };
  if (path.split('/').some((segment) => unportableName.test(segment)))
    yield { field, value: path, but: 'it is no file name on Windows', remedy: 'Rename the file.' };
  if (!isDataFile(path))
    yield {
      field,
      value: path,
      but: `a pack holds data only: ${dataExtensions.join(' ')}, LICENSE, NOTICE`,
      remedy: 'Leave the file out.',
    };
}

function isDataFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return dataExtensions.some((extension) => name.endsWith(extension)) || name === 'license' || name === 'notice';
}

function* sizeProblems(field: string, file: PackFile): Generator<ManifestProblem> {
  const chunks = Math.ceil(file.sizeBytes / packChunkBytes);
  if (file.chunkSha256.length !== chunks)
    yield {
      field: `${field}.chunkSha256`,
      value: file.chunkSha256.length,
      but: `${file.sizeBytes} bytes have ${chunks} pieces of 4 MiB`,
      remedy: 'List one hash for each piece.',
    };
  else if (chunks === 1 && file.chunkSha256[0] !== file.sha256)
    yield {
      field: `${field}.chunkSha256[0]`,
      value: file.chunkSha256[0],
      but: 'the only piece is the whole file, whose sha256 differs',
      remedy: 'Make the two agree.',
    };
}

/** A file cannot also be a folder: `a.json` beside `a.json/b.json`. */
function* nestingProblems(manifest: PackManifest, taken: ReadonlyMap<string, string>): Generator<ManifestProblem> {
  for (const [index, { path }] of manifest.files.entries())
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
      if (taken.has(path.slice(0, slash).toLowerCase()))
        yield {
          field: `files[${index}].path`,
          value: path,
          but: 'its folder is a file of the list',
          remedy: 'Rename one.',
        };
}

function* roleProblems(manifest: PackManifest): Generator<ManifestProblem> {
  const roles = [
    { field: 'text.graph', path: manifest.text.graph, extension: '.onnx' },
    { field: 'text.tokenizer', path: manifest.text.tokenizer, extension: '.json' },
    { field: 'golden', path: manifest.golden, extension: '.json' },
    ...manifest.stages.map((stage, index) => ({
      field: `stages[${index}].graph`,
      path: stage.graph,
      extension: '.onnx',
    })),
    ...(manifest.card === undefined ? [] : [{ field: 'card', path: manifest.card, extension: '.md' }]),
  ];
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  for (const { field, path, extension } of roles) {
    if (!listed.has(path))
      yield { field, value: path, but: 'files does not list it', remedy: 'Add it with its size and SHA-256.' };
    if (!path.endsWith(extension))
      yield { field, value: path, but: `such a file ends in ${extension}`, remedy: 'Rename the file.' };
    if (extension === '.onnx' && (listed.get(path)?.sizeBytes ?? 0) > largestGraphBytes)
      yield { field, value: path, but: 'an ONNX file has at most 2 GiB', remedy: 'Split the stage.' };
  }
  const used = new Set(roles.map((role) => role.path));
  for (const [index, { path }] of manifest.files.entries())
    if (path.toLowerCase().endsWith('.onnx') && !used.has(path))
      yield { field: `files[${index}].path`, value: path, but: 'no stage uses that graph', remedy: 'Leave it out.' };
}
