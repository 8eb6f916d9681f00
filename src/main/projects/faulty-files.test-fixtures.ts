/** A file system that is watched: for tests that let calls fail, or make one the last. */
import { nodeFileSystem, type FileSystem, type OpenFile } from '../files/file-system';

export type Call = keyof FileSystem | `file.${keyof OpenFile}`;

/** A file system in which `before` runs ahead of each call, and may throw in its place. */
export function watched(
  before: (call: Call, target: string, content?: string | Uint8Array) => Promise<void> | void,
): FileSystem {
  const wrap =
    <Args extends unknown[], Result>(call: keyof FileSystem, run: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await before(call, String(args[0]));
      return run(...args);
    };
  return {
    readFile: wrap('readFile', (file: string) => nodeFileSystem.readFile(file)),
    readdir: wrap('readdir', (folder: string) => nodeFileSystem.readdir(folder)),
    mkdir: wrap('mkdir', (folder: string, options: { readonly recursive: true }) =>
      nodeFileSystem.mkdir(folder, options),
    ),
    rename: wrap('rename', (from: string, to: string) => nodeFileSystem.rename(from, to)),
    copyFile: wrap('copyFile', (from: string, to: string) => nodeFileSystem.copyFile(from, to)),
    rm: wrap('rm', (target: string, options: { readonly force: true; readonly recursive?: boolean }) =>
      nodeFileSystem.rm(target, options),
    ),
    stat: wrap('stat', (target: string) => nodeFileSystem.stat(target)),
    open: async (target, flags) => {
      await before('open', target);
      const file = await nodeFileSystem.open(target, flags);
      return {
        writeFile: async (content) => {
          await before('file.writeFile', target, content);
          await file.writeFile(content);
        },
        truncate: async (length) => {
          await before('file.truncate', target);
          await file.truncate(length);
        },
        sync: async () => {
          await before('file.sync', target);
          await file.sync();
        },
        stat: () => file.stat(),
        close: () => file.close(),
      };
    },
  };
}

export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: made up for a test`), { code });
}

/** What a call changes on the disk; the others only look. */
export const writingCalls: ReadonlySet<Call> = new Set<Call>([
  'mkdir',
  'rename',
  'copyFile',
  'rm',
  'file.writeFile',
  'file.truncate',
  'file.sync',
]);
