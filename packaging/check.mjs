/** Holds the configuration against electron-builder's own schema, and against what is staged: `npm run check`. Downloads nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import config from './electron-builder.config.mjs';

const here = import.meta.dirname;
const quiet = { isEnabled: false, add: () => undefined };
await validateConfiguration(config, quiet);

const named = [
  ...config.extraResources.map(({ from }) => from),
  ...[config.mac.icon, config.win.icon, config.linux.icon, config.mac.entitlements, config.mac.entitlementsInherit],
  ...['app/package.json', 'app/out/shell.js', 'app/out/renderer/index.html', 'app/node_modules/onnxruntime-node/bin'],
];
const missing = named.filter((file) => !existsSync(path.resolve(here, file)));
if (missing.length > 0) {
  process.stderr.write(`Not there: ${missing.join(', ')}. Run "npm run stage" first.\n`);
  process.exitCode = 1;
} else process.stdout.write('The configuration is valid, and everything that it names is there.\n');
