import { describe, expect, test } from 'vitest';
import { baseName, extensionOf, folderOf, isFileName, joined } from './paths';
import { fits, withExtension } from './types';

describe('paths of main’s machine, in its own form', () => {
  test('are joined and taken apart', () => {
    expect(joined('/films', 'boat.mp4')).toBe('/films/boat.mp4');
    expect(joined('/', 'boat.mp4')).toBe('/boat.mp4');
    expect(joined('C:\\films', 'boat.mp4')).toBe('C:\\films\\boat.mp4');
    expect(joined('\\\\disk\\films', 'boat.mp4')).toBe('\\\\disk\\films\\boat.mp4');
    expect(['/films/boat.mp4', 'C:\\films\\boat.mp4', '/films/'].map(baseName)).toEqual([
      'boat.mp4',
      'boat.mp4',
      'films',
    ]);
    expect(['/films/boat.mp4', 'C:\\films\\boat.mp4', '/films'].map(folderOf)).toEqual(['/films', 'C:\\films', '/']);
  });

  test('names are refused that some system does not take', () => {
    expect(['boat', 'ein Boot.mp4', '보트'].map(isFileName)).toEqual([true, true, true]);
    expect(['', '  ', '..', 'a/b', 'a\\b', 'a:b', 'a\nb', 'a?'].some(isFileName)).toBe(false);
  });
});

describe('kinds of files', () => {
  const films = [{ name: 'Films', extensions: ['mp4', 'mov'] }];

  test('a name fits by its extension, in any case; where no kinds are named every one does', () => {
    expect([fits('a.MP4', films), fits('a.txt', films), fits('.mp4', films), fits('a.txt', [])]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(extensionOf('.bashrc')).toBe('');
  });

  test('a name without one gets the first', () => {
    expect([withExtension('boat', films), withExtension('boat.mov', films), withExtension('boat', [])]).toEqual([
      'boat.mp4',
      'boat.mov',
      'boat',
    ]);
  });
});
