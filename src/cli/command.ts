/** A command of the command line: its words, its options, and what it does. */
import type { Sluice } from '#main/sluice';
import type { TerminalLook } from './display/terminal-reporter';
import type { TerminalStream } from './display/live-region';
import { flag, value, type OptionTable, type OptionValues } from './options/option';
import { parseOptions } from './options/parse-options';
import { text } from './options/value-parsers';

/** Where a command's words go, and what it may do there. */
export interface Io {
  /** Results: standard output. */
  readonly out: (text: string) => void;
  /** Everything else: standard error. */
  readonly err: (text: string) => void;
  /** Standard error, where it is a terminal that can be drawn on. */
  readonly terminal: TerminalStream | undefined;
  readonly look: TerminalLook;
  /** Whether results may be coloured. */
  readonly outColours: boolean;
  /** Relative names are meant from here. */
  readonly directory: string;
}

/** Where the program's own parts lie, and what belongs to its user. */
export interface Program {
  /** The built renderer. */
  readonly rendererFolder: string;
  /** The films of the sample project. */
  readonly sampleFolder: string;
  /** Where people keep what they make. */
  readonly documentsFolder: string;
}

export interface CommandContext {
  readonly sluice: Sluice;
  readonly program: Program;
  readonly io: Io;
  readonly signal: AbortSignal;
}

/** Every command has these. */
export const commonOptions = {
  home: value('<folder>', 'where packs and artifacts are kept (default: SLUICE_HOME, or your data folder)', text, {
    common: true,
  }),
  json: flag('results, progress and errors as JSON, one object a line', { common: true }),
  quiet: flag('no progress, only results and errors', { short: 'q', common: true }),
  help: flag('this text', { short: 'h', common: true }),
} satisfies OptionTable;

export interface CommandInput<Table extends OptionTable> {
  readonly values: OptionValues<Table & typeof commonOptions>;
  readonly positionals: readonly string[];
  readonly context: CommandContext;
}

export interface CommandWords {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name, such as `"<prompt>" [options]`. */
  readonly synopsis: string;
  /** Paragraphs after the options. */
  readonly notes?: readonly string[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
}

/** A command whose own types nobody outside needs. */
export interface Command extends CommandWords {
  readonly options: OptionTable;
  /** What of the common options decides before the command runs. Throws `invalid-argument`. */
  readonly parse: (args: readonly string[]) => ParsedCommand;
}

export interface ParsedCommand {
  readonly help: boolean;
  readonly home: string | undefined;
  /** Returns the exit status. */
  readonly run: (context: CommandContext) => Promise<number>;
}

export function defineCommand<Table extends OptionTable>(
  words: CommandWords & { readonly options: Table },
  run: (input: CommandInput<Table>) => Promise<number>,
): Command {
  const options = { ...words.options, ...commonOptions };
  return {
    ...words,
    options,
    parse: (args) => {
      const { values, positionals } = parseOptions(options, args);
      const common = parseCommon(values);
      return { ...common, run: (context) => run({ values, positionals, context }) };
    },
  };
}

function parseCommon(values: OptionValues<typeof commonOptions>): {
  readonly help: boolean;
  readonly home: string | undefined;
} {
  return { help: values.help, home: values.home };
}
