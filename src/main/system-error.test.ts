import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SluiceError } from '#shared/errors';
import { systemError } from './system-error';

const thrownBy = (file: string) => readFile(file).catch((error: unknown) => error);

it('says what, why and what to do for files that are not what they should be', async () => {
  const below = path.join(import.meta.filename, 'below');
  expect(systemError(await thrownBy(below))).toMatchObject({
    code: 'invalid-argument',
    message: `"${below}" cannot be used: a part of its path is a file (ENOTDIR). Check the name, move what is in the way, or choose another folder.`,
    details: { code: 'ENOTDIR', path: below },
  });
  expect(systemError(await thrownBy(import.meta.dirname))).toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining('it is a folder (EISDIR)') as string,
  });
});

it('keeps the words for full and read-only disks, and leaves all else alone', () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write', path: '/a' });
  expect(systemError(full)).toMatchObject({ code: 'disk-full', cause: full });
  for (const other of [
    new SluiceError('internal', 'x'),
    new TypeError('x'),
    Object.assign(new Error('x'), { code: 'EPROTO', syscall: 'read' }),
    'x',
  ])
    expect(systemError(other)).toBe(other);
});
