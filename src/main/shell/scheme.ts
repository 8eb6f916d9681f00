/** The window's own scheme, instead of `file:`: one origin for the page and its media, and nothing of the disk beyond them. Pure. */
import type { CustomScheme } from 'electron';
import { appHost, appOrigin, appScheme } from '#shared/studio/bridge';

export const studioScheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export const pageUrl = `${appOrigin}/`;

/** Whether a page, a frame or a request belongs to the studio's origin. */
export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
