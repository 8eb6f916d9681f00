/** The first word after a command that has several actions. Pure. */
import { SluiceError } from '#shared/errors';
import { didYouMean } from './suggest';

/** Throws `invalid-argument` for none, an unknown one, or more words after it than `most`. */
export function oneAction<const Action extends string>(
  actions: readonly Action[],
  positionals: readonly string[],
  command: string,
  most = 1,
): { readonly action: Action; readonly rest: readonly string[] } {
  const [given, ...rest] = positionals;
  const action = actions.find((known) => known === given);
  if (action === undefined) {
    const what =
      given === undefined
        ? `sluice ${command} does one of ${actions.join(', ')}.`
        : `sluice ${command} does not know "${given}".`;
    const hint = given === undefined ? ' Say which.' : didYouMean(given, actions) || ` It knows ${actions.join(', ')}.`;
    throw new SluiceError('invalid-argument', what + hint);
  }
  if (rest.length > most)
    throw new SluiceError(
      'invalid-argument',
      `sluice ${command} ${action} does not take "${rest[most] ?? ''}". See "sluice ${command} --help".`,
    );
  return { action, rest };
}
