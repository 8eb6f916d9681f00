/** The built renderer's files by their paths on the host. Whatever a path says, nothing outside its folder is ever read. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from './content';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Vite names these by their content. */
const namedByContent = 'assets';

/** Undefined where there is no such file, or none that a browser gets from here. */
export async function rendererFile(folder: string, segments: readonly string[]): Promise<FileContent | undefined> {
  const names = segments.length === 1 && segments[0] === '' ? ['index.html'] : segments;
  const type = types[path.extname(names.at(-1) ?? '')];
  if (type === undefined) return undefined;
  const root = await realpath(folder).catch(() => undefined);
  const file = root && (await realpath(path.join(root, ...names)).catch(() => undefined));
  if (root === undefined || file === undefined || !file.startsWith(root + path.sep)) return undefined;
  if (!(await stat(file)).isFile()) return undefined;
  return { kind: 'file', file, type, caching: names[0] === namedByContent ? 'for-good' : 'never' };
}
