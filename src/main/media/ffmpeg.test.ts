import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { locateFfmpeg } from './ffmpeg';
import { scratchFolder } from './ffmpeg.test-support';

const folder = scratchFolder();
const program = path.join(folder, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
writeFileSync(program, '');
chmodSync(program, 0o755);

it('takes the one that the user chose', () => {
  expect(locateFfmpeg({ chosen: program, searchPath: '' })).toEqual({ path: program, source: 'chosen' });
});

it('does not pass over a wrong choice', () => {
  expect(() => locateFfmpeg({ chosen: path.join(folder, 'none'), searchPath: folder })).toThrow(/SLUICE_FFMPEG names/);
  expect(() => locateFfmpeg({ chosen: folder, searchPath: folder })).toThrow(/SLUICE_FFMPEG names/);
});

it('looks along the search path, in absolute folders only', () => {
  const found = locateFfmpeg({ searchPath: ['relative', '', folder].join(path.delimiter) });
  expect(['bundled', 'search-path']).toContain(found.source);
  if (found.source === 'search-path') expect(found.path).toBe(program);
});
