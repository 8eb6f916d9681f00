import path from 'node:path';
import { expect, it } from 'vitest';
import { canDraw, homeFolder, terminalLook } from './environment';

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

it('shows colours and thumbnails only where they are wanted and possible', () => {
  expect(terminalLook({ COLORTERM: 'truecolor' })).toEqual({ colours: true, trueColour: true });
  expect(terminalLook({ COLORTERM: '24bit', NO_COLOR: '1' })).toEqual({ colours: false, trueColour: false });
  expect(terminalLook({ COLORTERM: 'truecolor', NO_COLOR: '' })).toEqual({ colours: true, trueColour: true });
  expect(terminalLook({ TERM: 'xterm-256color' })).toEqual({ colours: true, trueColour: false });
  expect(terminalLook({ TERM: 'dumb', COLORTERM: 'truecolor' })).toEqual({ colours: false, trueColour: false });
});

it('draws on terminals that can, and not in CI', () => {
  expect([canDraw({ TERM: 'xterm' }), canDraw({ TERM: 'dumb' }), canDraw({ TERM: 'xterm', CI: 'true' })]).toEqual([
    true,
    false,
    false,
  ]);
});
