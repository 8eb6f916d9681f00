import { expect, it } from 'vitest';
import { canDraw, terminalLook } from './environment';

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
