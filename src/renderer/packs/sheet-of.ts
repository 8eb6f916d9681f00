/** The contact sheet of a pack's first stage, by the name that packs give it: `sheet-base.png`. Pure. */
import type { PackManifest } from '#shared/pack-manifest';

/** Path in the pack; undefined where it has none. */
export function sheetOf({ stages, files }: Pick<PackManifest, 'stages' | 'files'>): string | undefined {
  const [base] = stages;
  const names = ['png', 'webp', 'jpg'].map((ending) => `sheet-${base?.id}.${ending}`);
  return names.find((name) => files.some(({ path }) => path === name));
}
