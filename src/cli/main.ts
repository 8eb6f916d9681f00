/**
 * The `sluice` command. The only file of the command line that reads the environment and the process; everything below gets
 * what it needs handed in.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Sluice } from '#main/sluice';
import { documentsFolder, homeFolder } from '#main/user-folders';
import type { Io } from './command';
import { canDraw, terminalLook } from './environment';
import { interruptSignal } from './interrupt';
import { runCli } from './run-cli';

/** The bundle lies in `out/`, beside the inference process's; the repository, or the package, is around it. */
const programFolder = path.resolve(import.meta.dirname, '..');
const variables = process.env;
const showCursor = '\x1B[?25h';

function makeIo(): Io {
  const look = terminalLook(variables);
  const { stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    terminal: stderr.isTTY && canDraw(variables) ? stderr : undefined,
    look,
    outColours: stdout.isTTY && look.colours,
    directory: process.cwd(),
  };
}

function createSluice(home: string | undefined): Sluice {
  return new Sluice({
    home: home === undefined ? homeFolder(variables, process.platform, homedir()) : path.resolve(home),
    builtInPacks: ['starter', 'test-pack'].map((name) => path.join(programFolder, 'models', name)),
    ffmpeg: { chosen: variables['SLUICE_FFMPEG'], searchPath: variables['PATH'] ?? '' },
    inferenceEntry: path.join(import.meta.dirname, 'inference.js'),
    environment: variables,
    version: programVersion(),
    onNotice: (message) => void process.stderr.write(`note: ${message}\n`),
  });
}

function programVersion(): string {
  const content: unknown = JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8'));
  const hasVersion = typeof content === 'object' && content !== null && 'version' in content;
  return hasVersion ? String(content.version) : 'unknown';
}

/** Waits until what was written has left, so that ending the program cuts nothing off. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writable) await new Promise((resolve) => stream.write('', resolve));
}

// npm runs scripts in the package's folder; names are meant from where it was called.
const calledFrom = variables['npm_lifecycle_event'] === undefined ? undefined : variables['INIT_CWD'];
if (calledFrom !== undefined) process.chdir(calledFrom);
const io = makeIo();
// A reader that has seen enough, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.on('exit', () => {
  if (io.terminal !== undefined) process.stderr.write(showCursor);
});
const signal = interruptSignal(
  () => io.err(io.terminal === undefined ? 'Cancelling.\n' : ''),
  () => io.err('\nStopped at once.\n'),
);
const program = {
  rendererFolder: path.join(import.meta.dirname, 'renderer'),
  sampleFolder: path.join(programFolder, 'resources/sample'),
  documentsFolder: documentsFolder(variables, homedir()),
};
process.exitCode = await runCli(process.argv.slice(2), {
  io,
  signal,
  program,
  version: programVersion(),
  createSluice,
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit();
