/** What the environment says, as values. Pure: the environment itself is read in `main.ts` alone. */
import path from 'node:path';
import type { TerminalLook } from './display/terminal-reporter';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The user's folder: SLUICE_HOME, else where this system keeps programs' data (XDG Base Directory, Apple and Windows guidelines). */
export function homeFolder(variables: Variables, platform: NodeJS.Platform, userFolder: string): string {
  const chosen = variables['SLUICE_HOME'];
  if (isSet(chosen)) return path.resolve(chosen);
  if (platform === 'win32')
    return path.join(variables['LOCALAPPDATA'] ?? path.join(userFolder, 'AppData', 'Local'), 'Sluice');
  if (platform === 'darwin') return path.join(userFolder, 'Library', 'Application Support', 'Sluice');
  const data = variables['XDG_DATA_HOME'];
  return path.join(isSet(data) && path.isAbsolute(data) ? data : path.join(userFolder, '.local', 'share'), 'sluice');
}

/** XDG_DOCUMENTS_DIR where it is set, else the folder that all three systems call Documents. */
export function documentsFolder(variables: Variables, userFolder: string): string {
  const chosen = variables['XDG_DOCUMENTS_DIR'];
  return isSet(chosen) && path.isAbsolute(chosen) ? chosen : path.join(userFolder, 'Documents');
}

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
