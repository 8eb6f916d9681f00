/** How the files of the artifact store are called, and whose they are. One flat folder, so that one sync makes names durable. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { sha256Schema, type Sha256 } from '#shared/units';
import { partialSuffix } from '../files/durable-write';
import { presenceIdPattern, type PresenceId } from '../files/presence';

export type ArtifactFile =
  | { readonly kind: 'frames'; readonly key: Sha256 }
  | { readonly kind: 'metadata'; readonly key: Sha256 }
  /** Being written by the process `owner`, or left behind by it. */
  | { readonly kind: 'partial'; readonly owner: PresenceId }
  /** Metadata that `owner` took away in order to remove the artifact, and may put back. */
  | { readonly kind: 'removing'; readonly key: Sha256; readonly owner: PresenceId }
  | { readonly kind: 'foreign' };

const removing = 'removing';

export class ArtifactFiles {
  constructor(readonly folder: string) {}

  frames(key: Sha256): string {
    return path.join(this.folder, `${key}.frames`);
  }

  metadata(key: Sha256): string {
    return path.join(this.folder, `${key}.json`);
  }

  /** A new name in the same folder, whose owner can be told from it. */
  partial(what: string, owner: PresenceId): string {
    return path.join(this.folder, `${what}.${owner}.${randomBytes(4).toString('hex')}${partialSuffix}`);
  }

  /** A new name for the metadata of `key` while it is being removed. */
  removing(key: Sha256, owner: PresenceId): string {
    return this.partial(`${key}.${removing}`, owner);
  }

  get pins(): string {
    return path.join(this.folder, 'pins');
  }

  get quarantine(): string {
    return path.join(this.folder, 'quarantine');
  }

  /** What the file `name` of the folder is. */
  classify(name: string): ArtifactFile {
    const parts = name.split('.');
    const key = sha256Schema.safeParse(parts[0]);
    if (name.endsWith(partialSuffix)) {
      const owner = parts.at(-3) ?? '';
      if (!presenceIdPattern.test(owner)) return { kind: 'foreign' };
      return key.success && parts[1] === removing
        ? { kind: 'removing', key: key.data, owner }
        : { kind: 'partial', owner };
    }
    if (!key.success || parts.length !== 2) return { kind: 'foreign' };
    if (parts[1] === 'frames') return { kind: 'frames', key: key.data };
    return parts[1] === 'json' ? { kind: 'metadata', key: key.data } : { kind: 'foreign' };
  }
}
