/** How safe the edits of an open project are, and what people are told of it. */
import { diskError, fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';

export type SaveState =
  /** Every edit is on disk, synced. */
  | { readonly kind: 'saved' }
  /** `edits` are on their way. */
  | { readonly kind: 'saving'; readonly edits: number }
  /** `edits` are in memory only, and why. They are written with the next edit, by `retry`, or elsewhere by `saveAs`. */
  | { readonly kind: 'unsaved'; readonly edits: number; readonly error: SluiceError }
  /** Another process has it open; `holder` names it (process id and a random part). */
  | { readonly kind: 'read-only'; readonly holder: string }
  | { readonly kind: 'closed' };

/** Why a project could not be written, as one error class. */
export function saveError(error: unknown, folder: string): SluiceError {
  const known = diskError(error, 'save', folder);
  if (known instanceof SluiceError) return known;
  const code = fileErrorCode(error) ?? 'unknown';
  return new SluiceError(
    code === 'ENOENT' ? 'project-not-found' : 'internal',
    `The project in ${folder} could not be saved (${code}). Your edits are kept in memory: try again, or save the project under another name.`,
    { details: { folder, code }, cause: error },
  );
}
