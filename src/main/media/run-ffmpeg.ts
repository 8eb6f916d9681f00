/**
 * Runs one ffmpeg process safely: it asks nothing, opens nothing but files and pipes, ends with its signal or its time limit,
 * and its failure becomes a typed error with ffmpeg's own last words. Knows nothing of formats.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { SluiceError, type ErrorCode } from '#shared/errors';

export interface FfmpegRun {
  readonly ffmpegPath: string;
  /** Inputs (see `fileInput`), filters and outputs; options that every run has are added in front. */
  readonly args: readonly string[];
  /** Where relative output names lie; so odd names of folders never reach ffmpeg. */
  readonly directory?: string;
  /** For `pipe:0`. At most two pieces are held: the one being written and the one being made. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** Receives stdout; nothing more is read until it resolves. */
  readonly output?: (chunk: Uint8Array) => Promise<void> | void;
  /** Work that nobody waits for gives way to all else on the machine. */
  readonly isPatient?: boolean;
  /** Whether stderr shall describe inputs and outputs; otherwise it holds errors only. */
  readonly describe?: boolean;
  readonly limitSec: number;
  readonly signal: AbortSignal;
}

type FfmpegProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Recipes inside files are described too, and may have a hundred thousand characters. */
const keptStderrCharacters = 512 * 1024;

/** The arguments of an input file: no other protocol, no guessing of its format, its name taken literally. */
export function fileInput(demuxer: string, file: string): readonly string[] {
  return ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${file}`];
}

/**
 * Returns stderr (at most its first 512 Ki characters). Throws the reason of `signal`, `ffmpeg-missing`, `ffmpeg-failed` (details:
 * `ending`, `stderr`), `disk-full`, `disk-read-only`, and whatever `input` and `output` throw.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<string> {
  run.signal.throwIfAborted();
  const level = run.describe === true ? 'info' : 'error';
  const args = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', level, ...run.args];
  const child: FfmpegProcess = spawn(run.ffmpegPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(run.directory === undefined ? {} : { cwd: run.directory }),
  });
  if (run.isPatient === true && child.pid !== undefined) giveWay(child.pid);
  const stop = stopSwitch(child, run);
  try {
    const [ending, stderr] = await Promise.all([
      endOf(child, run.ffmpegPath),
      headOf(child.stderr),
      drain(child.stdout, run.output).catch(stop.because),
      feed(child.stdin, run.input).catch(stop.because),
    ]);
    stop.signal.throwIfAborted();
    if (ending !== 0) throw failure(ending, stderr, run.describe === true);
    return stderr;
  } finally {
    stop.dispose();
  }
}

/** Where the system does not allow it, it works as others do. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** Kills the process for the first reason that comes: the caller's signal, the time limit, a failing pump. */
function stopSwitch(child: FfmpegProcess, run: FfmpegRun) {
  const stop = new AbortController();
  const because = (reason: unknown): void => stop.abort(reason);
  const cancel = (): void => because(run.signal.reason);
  const tooLong = (): void =>
    because(
      new SluiceError('ffmpeg-failed', `ffmpeg did not end within ${run.limitSec} s and was stopped.`, {
        details: { limitSec: run.limitSec },
      }),
    );
  const limit = setTimeout(tooLong, run.limitSec * 1000);
  run.signal.addEventListener('abort', cancel, { once: true });
  stop.signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const dispose = (): void => {
    clearTimeout(limit);
    run.signal.removeEventListener('abort', cancel);
  };
  return { signal: stop.signal, because, dispose };
}

function endOf(child: FfmpegProcess, ffmpegPath: string): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.on('close', (status, signal) => resolve(signal ?? status ?? 0));
    child.on('error', (cause) => {
      const message = `ffmpeg at "${ffmpegPath}" could not be started: ${cause.message}. Run "sluice doctor" to see what would be used.`;
      reject(new SluiceError('ffmpeg-missing', message, { details: { ffmpegPath }, cause }));
    });
  });
}

async function headOf(stream: Readable): Promise<string> {
  let head = '';
  stream.setEncoding('utf8');
  for await (const text of stream) head = (head + String(text)).slice(0, keptStderrCharacters);
  return head;
}

async function drain(stdout: Readable, output: FfmpegRun['output']): Promise<void> {
  for await (const chunk of stdout) if (chunk instanceof Uint8Array) await output?.(chunk);
}

/** A pipe that ffmpeg closed early is no failure here: its exit status says why. */
async function feed(stdin: Writable, input: FfmpegRun['input']): Promise<void> {
  stdin.on('error', () => undefined);
  let written = Promise.resolve();
  for await (const piece of input ?? []) {
    await written;
    if (!stdin.writable) return;
    written = new Promise((resolve) => stdin.write(piece, () => resolve()));
  }
  await written;
  stdin.end();
}

const knownEndings: readonly { readonly pattern: RegExp; readonly code: ErrorCode; readonly remedy: string }[] = [
  { pattern: /No space left on device/, code: 'disk-full', remedy: 'Free some space and try again.' },
  {
    pattern: /Read-only file system|Permission denied/,
    code: 'disk-read-only',
    remedy: 'Choose a folder that you may write to.',
  },
];

function failure(ending: number | NodeJS.Signals, stderr: string, described: boolean): SluiceError {
  const known = knownEndings.find(({ pattern }) => pattern.test(stderr));
  const words = tellingLines(stderr, described);
  return new SluiceError(
    known?.code ?? 'ffmpeg-failed',
    `ffmpeg ended with ${ending}: ${words}. ${known?.remedy ?? 'Its own words say why.'}`,
    { details: { ending, stderr: words } },
  );
}

/** Without pointers into ffmpeg's memory: the first errors, since later ones follow from them; the last lines of a description. */
function tellingLines(stderr: string, described: boolean): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^\[[^\]]* @ (0x)?[0-9a-fA-F]+\] /, '').trim())
    .filter((line) => line !== '' && line !== 'Conversion failed!' && !line.startsWith('Svt[info]'));
  return (described ? lines.slice(-3) : lines.slice(0, 3)).join(' / ') || 'no word of explanation';
}
