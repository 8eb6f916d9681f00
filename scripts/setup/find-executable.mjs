/** Looks a program up as a shell would. Starts nothing, so that asking costs a few file-system calls only. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file @returns {boolean} whether `file` is a regular file that may be run */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {readonly string[]} names @returns {string | undefined} absolute path of the first name that PATH leads to */
export function findOnPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  return names
    .flatMap((name) => directories.flatMap((directory) => endings.map((ending) => path.join(directory, name + ending))))
    .find(isExecutable);
}
