/** Paths of main's machine, in whichever form its system has them. Pure. */

/** `/a/b` + `c` → `/a/b/c`; `C:\a` + `b` → `C:\a\b`. */
export function joined(folder: string, name: string): string {
  const separator = separatorOf(folder);
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** The folder that a file lies in. */
export function folderOf(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at <= 0 ? path.slice(0, 1) : path.slice(0, at);
}

/** In lower case, without its dot; '' where there is none. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at + 1).toLowerCase();
}

/** A name that every system takes as one part of a path. */
export function isFileName(name: string): boolean {
  return name.trim() !== '' && name !== '.' && name !== '..' && !/[\\/:*?"<>|\p{Cc}]/u.test(name);
}

function separatorOf(path: string): string {
  return /^[A-Za-z]:/.test(path) || path.startsWith('\\\\') ? '\\' : '/';
}
