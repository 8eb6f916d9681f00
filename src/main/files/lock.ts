/**
 * Locks between processes that share a folder. To lock, a process lays an empty file of a name of its own beside those of the
 * others, and then looks: it has the lock if no other claim of a living process is there, else it takes its claim back. Of two that
 * claim at once at least one sees the other, so two never hold; a dead process's claim counts for nothing and anybody may
 * remove it, because no name is ever used twice. docs/decisions/0004-locks.md.
 */
import { mkdir, open, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { presenceIdPattern, type Presence, type PresenceId } from './presence';

export interface Lock {
  release(): Promise<void>;
}

export type LockAttempt =
  { readonly kind: 'held'; readonly lock: Lock } | { readonly kind: 'busy'; readonly holder: PresenceId };

/** How often a waiting process looks again. A person does not notice, and five small directory listings a second cost nothing. */
const lookAgainMs = 200;
/** Two that collided come back at different moments. */
const collisionMs = 30;
const mostFolderRaces = 100;

export class Locks {
  private claims = 0;

  /** @param folder shared by all processes that lock the same names */
  constructor(
    private readonly folder: string,
    readonly presence: Presence,
  ) {}

  /** Waits until the lock `name` (path-safe) is free. Throws the cancellation of `signal`, `disk-full`, `disk-read-only`. */
  async acquire(
    name: string,
    signal: AbortSignal,
    onWaiting: (holder: PresenceId) => void = () => undefined,
  ): Promise<Lock> {
    let announced: PresenceId | undefined;
    for (;;) {
      signal.throwIfAborted();
      const holder = await this.holder(name);
      if (holder === undefined) {
        const attempt = await this.attempt(name);
        if (attempt.kind === 'held') return attempt.lock;
        await wait(Math.random() * collisionMs, undefined, { signal });
        continue;
      }
      if (holder !== announced) onWaiting(holder);
      announced = holder;
      await wait(lookAgainMs, undefined, { signal });
    }
  }

  /** Takes the lock if it is free. Two that try at once may both find it busy. */
  async attempt(name: string): Promise<LockAttempt> {
    const busy = await this.holder(name);
    if (busy !== undefined) return { kind: 'busy', holder: busy };
    const claim = `${this.presence.id}.${(this.claims += 1)}`;
    await this.layClaim(name, claim);
    const release = async (): Promise<void> => {
      await rm(path.join(this.folder, name, claim), { force: true });
      await rmdir(path.join(this.folder, name)).catch(() => undefined);
    };
    const rival = await this.holder(name, claim);
    if (rival === undefined) return { kind: 'held', lock: { release } };
    await release();
    return { kind: 'busy', holder: rival };
  }

  /** A living process that claims `name`, other than by `ownClaim`. Removes the claims of dead ones. */
  async holder(name: string, ownClaim?: string): Promise<PresenceId | undefined> {
    const folder = path.join(this.folder, name);
    for (const claim of await readdir(folder).catch(emptyIfMissing)) {
      const owner = claim.split('.')[0] ?? '';
      if (claim === ownClaim || !presenceIdPattern.test(owner)) continue;
      if (await this.presence.isAlive(owner)) return owner;
      await rm(path.join(folder, claim), { force: true });
    }
    return undefined;
  }

  /** Removes what killed processes left of locks that nobody has taken since: their claims, and folders without one. */
  async tidy(): Promise<void> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(emptyIfMissing);
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if ((await this.holder(name)) !== undefined) continue;
      // Not where somebody lays a claim just now.
      await rmdir(path.join(this.folder, name)).catch(() => undefined);
    }
  }

  private async layClaim(name: string, claim: string): Promise<void> {
    const folder = path.join(this.folder, name);
    for (let race = 0; race < mostFolderRaces; race += 1) {
      try {
        await withDiskErrors('lock', folder, async () => {
          await mkdir(folder, { recursive: true });
          await (await open(path.join(folder, claim), 'wx')).close();
        });
        return;
      } catch (error) {
        // The folder was removed between the two calls, by a process that released the lock.
        if (fileErrorCode(error) !== 'ENOENT') throw error;
      }
    }
    throw new SluiceError(
      'internal',
      `Cannot create a lock in ${folder}: it keeps disappearing. Check what removes it.`,
    );
  }
}

function emptyIfMissing(error: unknown): never[] {
  if (fileErrorCode(error) === 'ENOENT') return [];
  throw error;
}
