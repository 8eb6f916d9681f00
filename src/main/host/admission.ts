/**
 * Who has been let in. A one-time token, given to the person through the terminal, is changed for a cookie that only this host
 * sees and no script can read. Neither is kept: only their hashes are, and only in memory.
 */
import { createHash, randomBytes } from 'node:crypto';

/** Enough for the windows of one person; the oldest go. */
const mostOfEach = 100;

export class Admission {
  private readonly tokens = new Set<string>();
  private readonly cookies = new Set<string>();

  /** @param port makes the cookie's name: cookies of one machine are shared by all its ports */
  constructor(private readonly port: number) {}

  /** A new token, good for one entry. */
  invite(): string {
    return remembered(this.tokens);
  }

  /** The `Set-Cookie` for a token that was not used before; undefined for any other. */
  enter(token: string): string | undefined {
    if (!this.tokens.delete(hashOf(token))) return undefined;
    return `${this.cookieName}=${remembered(this.cookies)}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** @param header the request's `Cookie` */
  isIn(header: string | undefined): boolean {
    for (const pair of (header ?? '').split(';')) {
      const [name, value = ''] = pair.trim().split('=');
      if (name === this.cookieName && this.cookies.has(hashOf(value))) return true;
    }
    return false;
  }

  private get cookieName(): string {
    return `sluice-${this.port}`;
  }
}

function remembered(hashes: Set<string>): string {
  const secret = randomBytes(32).toString('base64url');
  hashes.add(hashOf(secret));
  const [oldest] = hashes;
  if (oldest !== undefined && hashes.size > mostOfEach) hashes.delete(oldest);
  return secret;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
