/** The words after a command that are no options: its action, where it has several, and what that takes. Pure. */
import { SluiceError } from '#shared/errors';
import { didYouMean } from './suggest';

/** Throws `invalid-argument` for none, an unknown one, or more words after it than it takes, which `actions` says. */
export function oneAction<Action extends string>(
  actions: ReadonlyMap<Action, number>,
  positionals: readonly string[],
  command: string,
): { readonly action: Action; readonly rest: readonly string[] } {
  const [given, ...rest] = positionals;
  const known = [...actions.keys()];
  const action = known.find((name) => name === given);
  if (action === undefined) {
    const what =
      given === undefined
        ? `sluice ${command} does one of ${known.join(', ')}.`
        : `sluice ${command} does not know "${given}".`;
    const hint = given === undefined ? ' Say which.' : didYouMean(given, known) || ` It knows ${known.join(', ')}.`;
    throw new SluiceError('invalid-argument', what + hint);
  }
  atMost(actions.get(action) ?? 0, rest, `${command} ${action}`, command);
  return { action, rest };
}

/** Throws `invalid-argument` for more words than `most`: a word that nobody reads was meant to do something. */
export function atMost(most: number, words: readonly string[], what: string, command = what): void {
  const superfluous = words[most];
  if (superfluous !== undefined)
    throw new SluiceError(
      'invalid-argument',
      `sluice ${what} does not take "${superfluous}". See "sluice ${command} --help".`,
    );
}
