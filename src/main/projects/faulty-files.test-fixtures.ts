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
    readFile: wrap('readFile', nodeFileSystem.readFile),
    readdir: wrap('readdir', nodeFileSystem.readdir),
    mkdir: wrap('mkdir', nodeFileSystem.mkdir),
    rename: wrap('rename', nodeFileSystem.rename),
    copyFile: wrap('copyFile', nodeFileSystem.copyFile),
    rm: wrap('rm', nodeFileSystem.rm),
    stat: wrap('stat', nodeFileSystem.stat),
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
