/** Projects that the program was started with: folders in its arguments, or files that only such a folder has. */
import path from 'node:path';
import { layoutOf, projectSuffix } from '../projects/layout';

/**
 * Absolute folders that are called like projects, each once. Whether one can be opened its window finds out, and says. Everything else that
 * Chromium, the system or a person put into the arguments is passed over.
 */
export function projectArguments(args: readonly string[], directory: string): readonly string[] {
  const folders = args.flatMap((arg) =>
    arg.startsWith('-') ? [] : (projectFolder(path.resolve(directory, arg)) ?? []),
  );
  return [...new Set(folders)];
}

/** The project's folder that a path names; undefined for anything else. */
export function projectFolder(file: string): string | undefined {
  const folder = path.basename(file) === path.basename(layoutOf('').snapshot) ? path.dirname(file) : file;
  return path.basename(folder).endsWith(projectSuffix) ? folder : undefined;
}
