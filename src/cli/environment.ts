/** What the environment says, as values. Pure: the environment itself is read in `main.ts` alone. */
import type { Variables } from '#main/user-folders';
import type { TerminalLook } from './display/terminal-reporter';

/** Colours unless NO_COLOR (no-color.org) or the terminal forbid them; 24 bits of them where COLORTERM promises them. */
export function terminalLook(variables: Variables): TerminalLook {
  const colours = !isSet(variables['NO_COLOR']) && variables['TERM'] !== 'dumb';
  return { colours, trueColour: colours && /^(truecolor|24bit)$/i.test(variables['COLORTERM'] ?? '') };
}

/** Whether a terminal can move its cursor: then progress is drawn, else told in lines. */
export function canDraw(variables: Variables): boolean {
  return variables['TERM'] !== 'dumb' && !isSet(variables['CI']);
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
