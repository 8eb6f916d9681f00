/** The packs of this machine as the studio shows them. Manifests travel whole, so that the renderer can plan by itself. */
import { z } from 'zod';
import { packManifestSchema, packPathSchema } from '../pack-manifest';
import { mebibyte, sha256Schema } from '../units';
import { pathSchema, problemSchema } from './text';

const place = { directory: pathSchema, origin: z.enum(['built-in', 'installed']) };

export const packEntrySchema = z.discriminatedUnion('state', [
  z.strictObject({
    ...place,
    state: z.literal('valid'),
    hash: sha256Schema,
    manifest: packManifestSchema,
    /** Of all its files. */
    sizeBytes: z.number().nonnegative(),
    /** Used for a new shot where nobody chose another. */
    isPreferred: z.boolean(),
  }),
  z.strictObject({ ...place, state: z.literal('invalid'), problem: problemSchema }),
]);
export type PackEntry = z.infer<typeof packEntrySchema>;

export const packListSchema = z.strictObject({ packs: z.array(packEntrySchema).max(500) });

/** The text of a pack's card, in Markdown; '' where it has none. To be shown as text: it comes from outside. */
export const packCardSchema = z.strictObject({ markdown: z.string().max(200_000) });

export const mostPictureBytes = 4 * mebibyte;
/** A picture that comes with a pack, such as its contact sheet. */
export const packPictureRequestSchema = z.strictObject({ hash: sha256Schema, path: packPathSchema });
export const packPictureSchema = z.strictObject({
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  bytes: z
    .instanceof(Uint8Array)
    .refine(({ byteLength }) => byteLength <= mostPictureBytes, 'the picture is too large'),
});

export const packRequestSchema = z.strictObject({ hash: sha256Schema });

/** A folder, or a .zip file, on main's machine. */
export const installPackSchema = z.strictObject({ path: pathSchema });
export const installPackEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), share: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('installed'), hash: sha256Schema }),
]);
