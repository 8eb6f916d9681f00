/** Reads arguments by a table of options. Knows nothing of commands. */
import { parseArgs } from 'node:util';
import { SluiceError } from '#shared/errors';
import type { Option, OptionTable, OptionValues } from './option';
import { didYouMean } from './suggest';

export interface ParsedArguments<Table extends OptionTable> {
  readonly values: OptionValues<Table>;
  readonly positionals: readonly string[];
}

type Token = ReturnType<typeof tokensOf>[number];

/** Throws `invalid-argument`: an unknown option (with the nearest known one), a value missing, superfluous, wrong or given twice. */
export function parseOptions<Table extends OptionTable>(table: Table, args: readonly string[]): ParsedArguments<Table> {
  const texts = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokensOf(table, args)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') addOption(table, texts, token);
  }
  const values = Object.fromEntries(
    Object.entries(table).map(([name, option]) => [name, valueOf(name, option, texts.get(name))]),
  );
  if (!isValuesOf(table, values)) throw new SluiceError('internal', 'The table of options and its values differ.');
  return { values, positionals };
}

function tokensOf(table: OptionTable, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { kind, short }]) => [
      name,
      {
        type: kind === 'flag' ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function addOption(table: OptionTable, texts: Map<string, string[]>, token: Extract<Token, { kind: 'option' }>): void {
  const { name, rawName, value } = token;
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) {
    const hint = didYouMean(name, Object.keys(table), '--');
    throw new SluiceError('invalid-argument', `There is no option ${rawName}.${hint}`, {
      details: { option: rawName },
    });
  }
  if (option.kind === 'flag' && value !== undefined)
    throw new SluiceError('invalid-argument', `${rawName} takes no value, but got "${value}".`);
  const looksLikeOption = token.inlineValue === false && /^-[^\d.]/.test(value ?? '');
  if (option.kind !== 'flag' && (value === undefined || looksLikeOption))
    throw new SluiceError('invalid-argument', missingValue(rawName, option.placeholder, value));
  const before = texts.get(name) ?? [];
  if (option.kind === 'value' && before.length > 0)
    throw new SluiceError(
      'invalid-argument',
      `${rawName} was given twice ("${before.join('", "')}", "${value}"). Give it once.`,
    );
  texts.set(name, [...before, value ?? '']);
}

function missingValue(rawName: string, placeholder: string, next: string | undefined): string {
  const literal = next === undefined ? '' : ` If "${next}" is meant as its value, write ${rawName}=${next}.`;
  return `${rawName} needs a value: ${rawName} ${placeholder}.${literal}`;
}

function valueOf(name: string, option: Option, given: readonly string[] | undefined): unknown {
  if (option.kind === 'flag') return given !== undefined;
  const parse = (text: string): unknown => {
    try {
      return option.parse(text);
    } catch (cause) {
      if (!(cause instanceof SluiceError)) throw cause;
      throw new SluiceError(cause.code, `--${name}: ${cause.message.replace(/\.$/, '')}.`, {
        details: cause.details,
        cause,
      });
    }
  };
  return option.kind === 'list' ? (given ?? []).map(parse) : given?.slice(0, 1).map(parse)[0];
}

/** The one place where the compiler is told that the parsers of a table made its values. */
function isValuesOf<Table extends OptionTable>(table: Table, values: object): values is OptionValues<Table> {
  return Object.keys(table).every((name) => Object.hasOwn(values, name));
}
