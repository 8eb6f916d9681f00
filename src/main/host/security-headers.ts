/** What every answer, of the host and of the shell, says about itself to the browser that shows it. */

/**
 * Scripts, pictures, films and connections of this host only; nothing inline runs. Styles may be inline, because dialogs and
 * toasts insert theirs: they cannot run anything, nor, as every source of pictures and fonts is ours, carry anything out.
 *
 * @param channel where the page's channel leads, if not over a MessagePort: WebKit does not count a WebSocket to the own host as 'self'
 */
export function contentSecurityPolicy(channel?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...(channel === undefined ? [] : [channel])].join(' '),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function securityHeaders(channel?: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(channel),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=()',
  };
}
