/**
 * Electron's main. The only file of the shell that reads the environment and the process; everything below gets what it needs handed in.
 * What has to be said before Electron is ready is said before the first `await`.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { app, dialog } from 'electron';
import { homeFolder } from '../user-folders';
import { projectArguments } from './project-arguments';
import { runShell } from './shell';

/** The bundle lies in `out/`, in the repository or in the packaged program's archive. */
const out = import.meta.dirname;
const programFolder = path.resolve(out, '..');
/** What is no code lies beside the archive (packaging/electron-builder.config.mjs), or where the repository has it. */
const beside = app.isPackaged
  ? { folder: process.resourcesPath, packs: ['packs/starter'], sample: 'sample', icon: 'icon.png' }
  : {
      folder: programFolder,
      packs: ['models/starter', 'models/test-pack'],
      sample: 'resources/sample',
      icon: 'resources/icon.png',
    };
const besides = (name: string): string => path.join(beside.folder, name);
const variables = process.env;
const home = homeFolder(variables, process.platform, homedir());
const say = (message: string): void => void process.stderr.write(`note: ${message}\n`);

function programVersion(): string {
  const content: unknown = JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8'));
  const hasVersion = typeof content === 'object' && content !== null && 'version' in content;
  return hasVersion ? String(content.version) : 'unknown';
}

runShell({
  sluice: {
    home,
    builtInPacks: beside.packs.map(besides),
    ffmpeg: { chosen: variables['SLUICE_FFMPEG'], searchPath: variables['PATH'] ?? '' },
    inferenceEntry: path.join(out, 'inference.js'),
    environment: variables,
    version: programVersion(),
    onNotice: say,
  },
  profileFolder: path.join(home, 'windows'),
  placeFile: path.join(home, 'window.json'),
  documentsFolder: app.getPath('documents'),
  rendererFolder: path.join(out, 'renderer'),
  preload: path.join(out, 'preload.cjs'),
  sampleFolder: besides(beside.sample),
  icon: besides(beside.icon),
  workFolder: beside.folder,
  isDevelopment: !app.isPackaged,
  folders: projectArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()),
  onNotice: say,
}).catch((error: unknown) => {
  dialog.showErrorBox('Sluice cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
});
