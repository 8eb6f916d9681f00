/** File-system errors in the words of Sluice: which of them a person can do something about, and what. */
import { SluiceError } from '#shared/errors';

/** The `code` of a Node file-system error, such as `ENOENT`. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * `disk-full` and `disk-read-only` where the error is one of those, `error` itself otherwise.
 *
 * @param doing what was being done to `path`, as in "write"
 */
export function diskError(error: unknown, doing: string, path: string): unknown {
  const code = fileErrorCode(error);
  const options = { details: { path, code: code ?? '' }, cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SluiceError(
        'disk-full',
        `Cannot ${doing} ${path}: the disk is full (${code}). Free some space, or lower the size limit of the artifacts, and try again; what is finished is kept.`,
        options,
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new SluiceError(
        'disk-read-only',
        `Cannot ${doing} ${path}: access is refused (${code}). Give this user the right to read and write there, or choose another folder with SLUICE_HOME.`,
        options,
      );
    case undefined:
    default:
      return error;
  }
}

/** Runs `action` and throws its errors as `diskError` words them. */
export async function withDiskErrors<T>(doing: string, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw diskError(error, doing, path);
  }
}
