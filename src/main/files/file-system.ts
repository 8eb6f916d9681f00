/**
 * The file-system calls that what is kept for good is written with, as a port: so that a test can let any of them fail, or be the
 * last thing a process does. Node's own functions fit it.
 */
import { copyFile, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';

export interface OpenFile {
  /** At the end for files opened with `a`, else from the start. */
  writeFile(content: string | Uint8Array): Promise<void>;
  truncate(lengthBytes: number): Promise<void>;
  sync(): Promise<void>;
  stat(): Promise<FileFacts>;
  close(): Promise<void>;
}

export interface FileFacts {
  readonly size: number;
  readonly ino: number;
  readonly mtimeMs: number;
}

export interface FileSystem {
  open(file: string, flags: 'a' | 'r' | 'r+' | 'wx'): Promise<OpenFile>;
  readFile(file: string): Promise<Buffer>;
  readdir(folder: string): Promise<string[]>;
  /** With its parents; one that exists already is no error. */
  mkdir(folder: string, options: { readonly recursive: true }): Promise<unknown>;
  rename(from: string, to: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  /** What is missing is no error. */
  rm(target: string, options: { readonly force: true; readonly recursive?: boolean }): Promise<void>;
  stat(target: string): Promise<FileFacts>;
}

export const nodeFileSystem: FileSystem = {
  open: (file, flags) => open(file, flags),
  readFile: (file) => readFile(file),
  readdir: (folder) => readdir(folder),
  mkdir: (folder, options) => mkdir(folder, options),
  rename: (from, to) => rename(from, to),
  copyFile: (from, to) => copyFile(from, to),
  rm: (target, options) => rm(target, options),
  stat: (target) => stat(target),
};
