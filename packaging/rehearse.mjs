/**
 * Packages the staged program around a stand-in for Electron's distribution, as far as that goes without its download, and looks at what
 * came out: the archive, what lies beside it, the fuses. `npm run rehearse`.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { build, Platform } from 'electron-builder';
import config from './electron-builder.config.mjs';

/** What @electron/fuses looks for in Electron's program; version 1, and as many fuses, all the wrong way round. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wrong = '101100110';
const right = '010011000';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-rehearsal-'));
try {
  const electronDist = path.join(folder, 'electron');
  mkdirSync(path.join(electronDist, 'resources'), { recursive: true });
  const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, wrong.length]), Buffer.from(wrong)]);
  writeFileSync(path.join(electronDist, 'electron'), Buffer.concat([wire, Buffer.alloc(64)]), { mode: 0o755 });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
    writeFileSync(path.join(electronDist, name), config.electronVersion);
  const output = path.join(folder, 'dist');
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    config: { ...config, electronDist, directories: { ...config.directories, output } },
    publish: 'never',
  });
  lookAt(path.join(output, 'linux-unpacked'));
  process.stdout.write('The program is packaged as it should be, but for Electron itself.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function lookAt(program) {
  const resources = path.join(program, 'resources');
  const packed = listPackage(path.join(resources, 'app.asar')).map((name) => name.replaceAll('\\', '/'));
  for (const name of [
    '/package.json',
    '/out/shell.js',
    '/out/inference.js',
    '/out/preload.cjs',
    '/out/renderer/index.html',
  ])
    assert.ok(packed.includes(name), `${name} is not in the archive`);
  for (const name of packed) assert.doesNotMatch(name, /\.map$|\/out\/(cli|bench)|react|vitest|playwright/);
  const unpacked = path.join(resources, 'app.asar.unpacked/node_modules');
  assert.deepEqual(readdirSync(unpacked).sort(), ['ffmpeg-static', 'onnxruntime-node']);
  const bin = path.join(unpacked, 'onnxruntime-node/bin/napi-v6');
  assert.deepEqual(readdirSync(bin), [process.platform]);
  for (const name of ['packs/starter/manifest.json', 'sample', 'icon.png', 'LICENSE.txt'])
    assert.ok(existsSync(path.join(resources, name)), `${name} does not lie beside the archive`);
  const bytes = readFileSync(path.join(program, 'sluice'));
  const at = bytes.indexOf(sentinel) + sentinel.length + 2;
  assert.equal(bytes.toString('latin1', at, at + right.length), right, 'the fuses');
}
