/** Where this user's files go, on each system. Pure: the environment is handed in. */
import path from 'node:path';

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

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
