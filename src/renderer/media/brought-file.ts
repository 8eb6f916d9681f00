/** What a person brings into the window: files of main's machine, by path, or files that only the browser can read. */
import { bridgeName, type DesktopBridge } from '#shared/studio/bridge';

export type BroughtFile =
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'file'; readonly name: string; readonly file: File };

/** Those that were dropped. Under Electron they have a path; in a browser, for good reason, they have none. */
export function broughtFiles(files: Iterable<File>): readonly BroughtFile[] {
  return [...files].map((file) => {
    const path = pathOf(file);
    return path === '' ? { kind: 'file', name: file.name, file } : { kind: 'path', name: file.name, path };
  });
}

export function broughtPaths(paths: readonly string[]): readonly BroughtFile[] {
  return paths.map((path) => ({ kind: 'path', name: path.split(/[\\/]/).at(-1) ?? path, path }));
}

/** Whether a drag brings files, before it is known which. */
export function bringsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true;
}

function pathOf(file: File): string {
  const bridge: unknown = Reflect.get(window, bridgeName);
  return isBridge(bridge) ? bridge.pathOf(file) : '';
}

function isBridge(bridge: unknown): bridge is DesktopBridge {
  return typeof bridge === 'object' && bridge !== null && 'pathOf' in bridge && typeof bridge.pathOf === 'function';
}
