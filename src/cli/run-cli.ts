/** Finds the command that the arguments name and runs it; turns every way to fail into words and an exit status. */
import { SluiceError, isCancellation } from '#shared/errors';
import type { Sluice } from '#main/sluice';
import { systemError } from '#main/system-error';
import type { Command, Io, Program } from './command';
import { commands } from './commands';
import { painter, printable } from './display/text';
import { exitCodeOf, exitCodes } from './exit-codes';
import { commandHelp, programHelp } from './help';
import { didYouMean } from './options/suggest';

export interface CliSetting {
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly program: Program;
  /** `home` undefined: the default one. Called only by commands that need it. */
  readonly createSluice: (home: string | undefined) => Sluice;
}

const defaultColumns = 100;

/** Returns the exit status; never throws. */
export async function runCli(args: readonly string[], setting: CliSetting): Promise<number> {
  const isJson = args.includes('--json');
  try {
    return await dispatch(args, setting);
  } catch (thrown) {
    const error = systemError(thrown);
    report(error, setting.io, isJson);
    return exitCodeOf(error);
  }
}

async function dispatch(args: readonly string[], setting: CliSetting): Promise<number> {
  const { io, version } = setting;
  const [name, ...rest] = args;
  const paint = painter(io.outColours);
  if (name === '--version' || name === '-V') {
    io.out(`${version}\n`);
    return exitCodes.ok;
  }
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    io.out(programHelp(commands, version, paint));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = findCommand(name === 'help' ? (rest[0] ?? '') : name);
  const wantsHelp =
    name === 'help' || rest.slice(0, endOfOptions(rest)).some((arg) => arg === '--help' || arg === '-h');
  if (wantsHelp) {
    io.out(commandHelp(command, io.terminal?.columns ?? defaultColumns, paint));
    return exitCodes.ok;
  }
  return runCommand(command, rest, setting);
}

async function runCommand(command: Command, args: readonly string[], setting: CliSetting): Promise<number> {
  const parsed = command.parse(args);
  const sluice = setting.createSluice(parsed.home);
  try {
    return await parsed.run({ sluice, program: setting.program, io: setting.io, signal: setting.signal });
  } finally {
    await sluice.close();
  }
}

function endOfOptions(args: readonly string[]): number {
  const at = args.indexOf('--');
  return at < 0 ? args.length : at;
}

function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const hint =
    didYouMean(
      name,
      commands.map((command) => command.name),
    ) || ' See "sluice --help".';
  throw new SluiceError('invalid-argument', `There is no command "${name}".${hint}`);
}

function report(error: unknown, io: Io, isJson: boolean): void {
  const message = error instanceof Error ? error.message : String(error);
  const code = isCancellation(error) ? 'cancelled' : error instanceof SluiceError ? error.code : 'internal';
  if (isJson) {
    const details = error instanceof SluiceError ? error.details : {};
    io.out(`${JSON.stringify({ event: 'error', code, message, details })}\n`);
    return;
  }
  const paint = painter(io.look.colours && io.terminal !== undefined);
  if (isCancellation(error)) io.err(`${printable(message)} What was finished is kept.\n`);
  else io.err(`${paint('red', 'sluice:')} ${message.split('\n').map(printable).join('\n')}\n`);
  const unexpected = code === 'internal' && error instanceof Error && error.stack !== undefined;
  if (unexpected)
    io.err(`${error.stack ?? ''}\nThis should not have happened: please report it with the lines above.\n`);
}
