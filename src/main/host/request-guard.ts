/**
 * Who may speak to this host at all, before anything is looked up: pages of its own origin, asked for under its own name. Against DNS
 * rebinding (Ollama, CVE-2024-28224), requests from other sites' pages, and WebSockets, which browsers open across origins
 * (jupyter-server-proxy, CVE-2024-28179). Pure.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Under which names the host listening at `port` is addressed. */
export function ownNames(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

export interface GuardedRequest {
  readonly headers: IncomingHttpHeaders;
  /** Whether only a page of ours can have a reason for it: anything but looking, and every upgrade. */
  readonly needsOrigin: boolean;
}

/** Why it is refused, for people; undefined: it is not. */
export function refusalOf({ headers, needsOrigin }: GuardedRequest, port: number): string | undefined {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !ownNames(port).includes(host)) return 'This host does not answer to that name.';
  const { origin } = headers;
  if (origin === undefined && needsOrigin) return 'The request does not say which page it comes from.';
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) return 'The request comes from another page.';
  const site = headers['sec-fetch-site'];
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  // Following a link from elsewhere brings no cookie (SameSite=Strict) and shows no more than how to get in.
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && (needsOrigin || !isNavigation))
    return 'The request comes from another site.';
  return undefined;
}
