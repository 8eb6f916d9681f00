import path from 'node:path';
import { expect, it } from 'vitest';
import { documentsFolder, homeFolder } from './user-folders';

it('keeps its files where the system keeps those of programs, unless told otherwise', () => {
  expect(homeFolder({ SLUICE_HOME: '/data/s' }, 'linux', '/home/u')).toBe(path.resolve('/data/s'));
  expect(homeFolder({ SLUICE_HOME: '' }, 'linux', '/home/u')).toBe(path.join('/home/u', '.local', 'share', 'sluice'));
  expect(homeFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/home/u')).toBe(path.join('/x', 'sluice'));
  expect(homeFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/u')).toBe(
    path.join('/home/u', '.local', 'share', 'sluice'),
  );
  expect(homeFolder({}, 'darwin', '/Users/u')).toBe(path.join('/Users/u', 'Library', 'Application Support', 'Sluice'));
  expect(homeFolder({ LOCALAPPDATA: '/l' }, 'win32', '/u')).toBe(path.join('/l', 'Sluice'));
});

it('puts what people make into their documents', () => {
  expect(documentsFolder({ XDG_DOCUMENTS_DIR: '/papers' }, '/home/u')).toBe('/papers');
  expect(documentsFolder({ XDG_DOCUMENTS_DIR: 'papers' }, '/home/u')).toBe(path.join('/home/u', 'Documents'));
});
