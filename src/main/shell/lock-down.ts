/**
 * What no page of this program may do, whatever it was made to do: leave its origin, open windows, get permissions, download, load
 * anything from elsewhere (Electron's security checklist, items 5, 7, 12 to 15). The page needs none of it, but for one permission: to
 * put on the clipboard what a person copies.
 */
import { shell, type Session, type WebContents } from 'electron';
import { isExternalLink } from './external-links';
import { isOurs } from './scheme';

const onlyPermission = 'clipboard-sanitized-write';

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === onlyPermission));
  session.setPermissionCheckHandler((_contents, permission) => permission === onlyPermission);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayLoad(url) }));
}

/** Blobs are made by pages themselves and data are in their addresses; the tools of developers are part of Electron. */
function mayLoad(url: string): boolean {
  return isOurs(url) || /^(blob:sluice:\/\/studio\/|data:|devtools:\/\/)/.test(url);
}

/** For every page that ever comes to be, also those that nothing here makes. */
export function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (details) => {
    if (!isOurs(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOurs(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
