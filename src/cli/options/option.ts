/**
 * What an option of the command line is, as data: its type, its words for `--help`, and how its text becomes a value. A
 * command's table of options gives both the parser and the help, so they cannot disagree.
 */
interface Described {
  /** One sentence for `--help`. */
  readonly help: string;
  /** Single letter. */
  readonly short?: string;
  /** Left out of the help of single commands: the same everywhere. */
  readonly common?: boolean;
}

export interface FlagOption extends Described {
  readonly kind: 'flag';
}

/** `parse` throws `invalid-argument` with what is wrong with the text; the option's name is added to its message. */
export interface ValueOption<T> extends Described {
  readonly kind: 'value';
  /** Such as `<file>`. */
  readonly placeholder: string;
  readonly parse: (text: string) => T;
}

/** May be given several times. */
export interface ListOption<T> extends Described {
  readonly kind: 'list';
  readonly placeholder: string;
  readonly parse: (text: string) => T;
}

export type Option = FlagOption | ValueOption<unknown> | ListOption<unknown>;
export type OptionTable = Readonly<Record<string, Option>>;

/** The values that a table of options gives: flags are false and lists empty when they are not named, values undefined. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends FlagOption
    ? boolean
    : Table[Name] extends ValueOption<infer T>
      ? T | undefined
      : Table[Name] extends ListOption<infer T>
        ? readonly T[]
        : never;
};

export function flag(help: string, more: { readonly short?: string; readonly common?: boolean } = {}): FlagOption {
  return { kind: 'flag', help, ...more };
}

export function value<T>(
  placeholder: string,
  help: string,
  parse: (text: string) => T,
  more: { readonly short?: string; readonly common?: boolean } = {},
): ValueOption<T> {
  return { kind: 'value', placeholder, help, parse, ...more };
}

export function list<T>(placeholder: string, help: string, parse: (text: string) => T): ListOption<T> {
  return { kind: 'list', placeholder, help, parse };
}
