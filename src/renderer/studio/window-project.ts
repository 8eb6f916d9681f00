/** Which project this window shows, for as long as the window lives: a page that is loaded again finds it, whatever other windows opened. */
import type { DocumentStore } from './document-store';

const key = 'project';

/** Undefined in a window that has shown none. */
export function projectOfWindow(): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

export function rememberProject(document: DocumentStore): void {
  const remember = ({ folder }: { readonly folder: string }): void => sessionStorage.setItem(key, folder);
  remember(document.getState());
  document.subscribe((now, before) => {
    if (now.folder !== before.folder) remember(now);
  });
}
