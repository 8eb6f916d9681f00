/**
 * Puts together what is packaged: the built program, the packages that it still loads by name, and of their native parts those of one
 * system. `node stage.mjs [--to <folder>] [--platform linux|darwin|win32] [--arch x64|arm64]`. Downloads nothing; a part that is missing
 * is said with what provides it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packagesOf } from './packages.mjs';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'out');
/** The entries of vite.config.ts that the window needs. */
const programs = ['shell.js', 'inference.js', 'export-thread.js', 'pack-thread.js'];

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: path.join(import.meta.dirname, 'app') },
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    /** For trying the rest on a machine without it. */
    'without-ffmpeg': { type: 'boolean', default: false },
  },
});
const app = path.resolve(values.to);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Copies the programs and the chunks that they load, however deep. Returns the names of packages that any of them imports. */
function stagePrograms() {
  const packages = new Set();
  const waiting = [...programs];
  const staged = new Set();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (staged.has(name)) continue;
    staged.add(name);
    const file = path.join(out, name);
    if (!existsSync(file)) fail(`${file} is not there: run "npm run build" in ${root}.`);
    cpSync(file, path.join(app, 'out', name));
    for (const specifier of imports(readFileSync(file, 'utf8')))
      if (specifier.startsWith('.')) waiting.push(path.join(path.dirname(name), specifier));
      else if (!specifier.startsWith('node:') && specifier !== 'electron') packages.add(packageName(specifier));
  }
  return packages;
}

/** Static and dynamic imports of a bundle, and what it requires by name: the bundler writes them in these forms. */
function imports(code) {
  const forms = [/^(?:import|export) [^'"]*?["']([^"']+)["'];?$/gm, /\bimport\(["']([^"']+)["']\)/g];
  forms.push(/createRequire\(import\.meta\.url\)(?:\.resolve)?\(["']([^"']+)["']\)/g);
  return forms.flatMap((form) => [...code.matchAll(form)].map(([, specifier]) => specifier));
}

function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function stageRenderer() {
  const folder = path.join(out, 'renderer');
  if (!existsSync(path.join(folder, 'index.html'))) fail(`The window is not built: run "npm run build" in ${root}.`);
  cpSync(folder, path.join(app, 'out/renderer'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  cpSync(path.join(out, 'preload.cjs'), path.join(app, 'out/preload.cjs'));
}

/** ONNX Runtime's package has the libraries of all systems: 288 MB, of which one needs a tenth. */
function pruneRuntime() {
  const bin = path.join(app, 'node_modules/onnxruntime-node/bin/napi-v6');
  const wanted = path.join(bin, values.platform, values.arch);
  if (!existsSync(path.join(wanted, 'onnxruntime_binding.node')))
    fail(`ONNX Runtime has no library for ${values.platform} ${values.arch}.`);
  for (const platform of readdirSync(bin))
    for (const arch of readdirSync(path.join(bin, platform)))
      if (platform !== values.platform || arch !== values.arch)
        rmSync(path.join(bin, platform, arch), { recursive: true });
  for (const platform of readdirSync(bin))
    if (readdirSync(path.join(bin, platform)).length === 0) rmSync(path.join(bin, platform), { recursive: true });
}

/** ffmpeg-static keeps the one binary that it downloaded, for the system that it ran on. */
function requireFfmpeg() {
  const name = values.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const isThere = existsSync(path.join(app, 'node_modules/ffmpeg-static', name));
  if (isThere && values.platform === process.platform && values.arch === process.arch) return;
  if (values['without-ffmpeg']) return;
  fail(
    isThere
      ? `ffmpeg is here for ${process.platform} ${process.arch}: package for ${values.platform} ${values.arch} on such a machine.`
      : 'ffmpeg-static has no binary: run "node node_modules/ffmpeg-static/install.js", or stage with --without-ffmpeg.',
  );
}

rmSync(app, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
const packages = stagePrograms();
stageRenderer();
const dependencies = packagesOf(packages, { from: root, to: path.join(app, 'node_modules') });
pruneRuntime();
requireFfmpeg();
const { version, description, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const manifest = {
  ...{ name: 'sluice', productName: 'Sluice', version, description, license },
  ...{ author: 'Sluice maintainers', type: 'module', main: 'out/shell.js', dependencies },
};
writeFileSync(path.join(app, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
process.stdout.write(
  `Staged for ${values.platform} ${values.arch} in ${app}: ${Object.keys(dependencies).join(', ')}.\n`,
);
