/** Who may write a project: the process that holds its lock, which a killed one does not. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SluiceError } from '#shared/errors';
import type { Locks } from '../files/lock';

export type ProjectLocks = Pick<Locks, 'attempt'>;

export type Claim =
  | { readonly kind: 'held'; readonly release: () => Promise<void> }
  /** `holder` names the process: its id and a random part. */
  | { readonly kind: 'busy'; readonly holder: string };

/** Two that try at once may both find the lock busy; a moment later one of them has it. */
const attempts = 3;
const betweenMs = 25;

/** @param folder its real path */
export async function claimProject(locks: ProjectLocks, folder: string): Promise<Claim> {
  const name = `project-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  for (let attempt = 1; ; attempt += 1) {
    const claim = await attemptOrGoWithout(locks, name);
    if (claim.kind === 'held' || attempt === attempts) return claim;
    await wait(betweenMs * (1 + Math.random()));
  }
}

/** On a full or read-only disk there are no locks; the writer's token (`journal.ts`) then still keeps two from writing. */
async function attemptOrGoWithout(locks: ProjectLocks, name: string): Promise<Claim> {
  try {
    const attempt = await locks.attempt(name);
    return attempt.kind === 'busy' ? attempt : { kind: 'held', release: () => attempt.lock.release() };
  } catch (error) {
    const noLocks = error instanceof SluiceError && (error.code === 'disk-full' || error.code === 'disk-read-only');
    if (!noLocks) throw error;
    return { kind: 'held', release: () => Promise.resolve() };
  }
}
