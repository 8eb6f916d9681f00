/**
 * `npm run bench`: where a clip's seconds and bytes go, as a table and as JSON. Run it on a quiet machine; figures of
 * different runs are comparable as ratios at most.
 *
 *   npm run bench -- [--pack models/starter] [--threads 2] [--memory-mb 2048] [--compile] [--skip-torch] [--json FILE]
 *
 * First a whole clip through the product's own path, each stage with its seconds inside ONNX Runtime, the seconds that it took beside
 * them (the engine's, where it did not run behind the runtime), its speed against the machine's measured convolution peak, and its
 * memory. Then one evaluation of every stage against PyTorch, eager and, with --compile, compiled; without models/.venv, or
 * with --skip-torch, that part is left out. The loops over pixels alone: bench/engine-loops.ts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { PackLibrary } from '#main/packs/library';
import { mebibyte } from '#shared/units';
import { convolutionPeak } from './convolution-peak';
import { runtimeAgainstTorch } from './runtime-against-torch';
import { clipTable, runtimeTable } from './tables';
import { wholeClip } from './whole-clip';

const { values } = parseArgs({
  options: {
    pack: { type: 'string', default: 'papercut' },
    threads: { type: 'string', default: String(availableParallelism()) },
    'memory-mb': { type: 'string', default: '2048' },
    compile: { type: 'boolean', default: false },
    'skip-torch': { type: 'boolean', default: false },
    json: { type: 'string', default: 'bench/results/latest.json' },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const threads = Number(values.threads);
const memoryBytes = Number(values['memory-mb']) * mebibyte;

const builtInDirectories = ['starter', 'test-pack'].map((name) => path.resolve('models', name));
const library = new PackLibrary({ builtInDirectories, home: path.resolve('bench/results/home') });
const pack = await library.resolve(values.pack);
const peakGflops = await convolutionPeak(threads);
say(
  `${pack.manifest.title} ${pack.manifest.version} · ${cpus()[0]?.model.trim() ?? 'unknown CPU'} · ${threads} threads`,
);
say(`convolution peak ${peakGflops.toFixed(0)} GFLOP/s\n`);

const clip = await wholeClip(pack, { threads, memoryBytes });
say(clipTable(clip, pack.manifest, peakGflops));
const runtime = values['skip-torch']
  ? []
  : await runtimeAgainstTorch({ packDirectory: pack.directory, manifest: pack.manifest }, threads, values.compile);
if (runtime.length > 0) say(`\n${runtimeTable(runtime, clip)}`);

await mkdir(path.dirname(values.json), { recursive: true });
await writeFile(
  values.json,
  `${JSON.stringify({ pack: pack.hash, threads, memoryBytes, peakGflops, clip, runtime }, null, 2)}\n`,
);
say(`\n${values.json}`);
