/** A pack that was validated: safe to hand to the inference process. */
import type { PackManifest } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';

export interface Pack {
  /** Absolute path of its directory. */
  readonly directory: string;
  readonly hash: Sha256;
  readonly manifest: PackManifest;
}
