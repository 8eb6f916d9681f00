/** What the operating system refuses, in words for people, wherever nothing below has given it any. Pure. */
import { diskError, fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is none',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EEXIST: 'something of that name is in the way',
  ENOTEMPTY: 'it is not empty',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk does not answer',
  EBUSY: 'another program uses it',
  EMFILE: 'this process has too many files open',
  ENFILE: 'the system has too many files open',
};

/** `disk-full`, `disk-read-only` or `invalid-argument` for an error of the file system; `error` itself otherwise. */
export function systemError(error: unknown): unknown {
  if (error instanceof SluiceError || !(error instanceof Error) || !('syscall' in error)) return error;
  const place = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  const onDisk = diskError(error, String(error.syscall), place ?? 'a file');
  const code = fileErrorCode(error) ?? '';
  const reason = reasons[code];
  if (onDisk !== error || reason === undefined) return onDisk;
  return new SluiceError(
    'invalid-argument',
    `${place === undefined ? 'A file' : `"${place}"`} cannot be used: ${reason} (${code}). Check the name, move what is in the way, or choose another folder.`,
    { details: { code, ...(place !== undefined && { path: place }) }, cause: error },
  );
}
