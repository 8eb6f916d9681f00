/** The folder that all processes of Sluice share, and what lies where in it. */
import path from 'node:path';
import { Locks } from './lock';
import { announcePresence } from './presence';

export interface SharedHome {
  /** Absolute. */
  readonly folder: string;
  readonly locks: Locks;
  readonly artifacts: string;
  readonly checkpoints: string;
  readonly queue: string;
  /** Frees every lock of this process. */
  close(): Promise<void>;
}

/** Creates the folder if need be. Throws `disk-full`, `disk-read-only`. */
export async function openSharedHome(folder: string): Promise<SharedHome> {
  const presence = await announcePresence(path.join(folder, 'presence'));
  const locks = new Locks(path.join(folder, 'locks'), presence);
  await locks.tidy();
  return {
    folder,
    locks,
    artifacts: path.join(folder, 'artifacts'),
    checkpoints: path.join(folder, 'checkpoints'),
    queue: path.join(folder, 'queue'),
    close: () => presence.close(),
  };
}
