/**
 * Media of the user's own: bringing them into a project, where their files are, and what is being made of them to look at and listen to.
 * Pictures and sound themselves go by URL (`media-imported.ts`).
 */
import { z } from 'zod';
import { mediaIdSchema } from '../project/ids';
import { bitsSchema } from '../project/media';
import { nameSchema } from '../project/text';
import { openIdSchema } from './projects';
import { nothingSchema, pathSchema, problemSchema } from './text';

/** Names a file on its way from a window that has no path of it. */
export const uploadIdSchema = z
  .string()
  .regex(/^upload-[0-9a-f]{32}$/)
  .brand<'UploadId'>();
export type UploadId = z.infer<typeof uploadIdSchema>;

/** 256 GiB: an hour and a half of uncompressed high definition. */
export const largestUploadBytes = 256 * 1024 ** 3;
/** What is sent at once: short enough that none takes long. */
export const uploadPieceBytes = 4 * 1024 ** 2;

export const beginUploadSchema = z.strictObject({
  open: openIdSchema,
  /** As the person knows it; names nothing on disk. */
  name: z.string().max(1024),
  sizeBytes: z.int().positive().max(largestUploadBytes),
});
export const uploadSchema = z.strictObject({ id: uploadIdSchema });

/** Where the bytes from `offset` on are posted, as `application/octet-stream`. */
export function uploadUrl(id: UploadId, offset: number): string {
  return `/upload/${id}/${offset}`;
}

export const importSourceSchema = z.discriminatedUnion('kind', [
  /** A file of main's machine; it stays where it is. */
  z.strictObject({ kind: z.literal('file'), path: pathSchema }),
  /** One that was uploaded whole; it moves into the project's folder. */
  z.strictObject({ kind: z.literal('upload'), id: uploadIdSchema }),
]);
export type ImportSource = z.infer<typeof importSourceSchema>;

const shareSchema = z.number().min(0).max(1);

/** `reading`: its hash. `examining`: its kind, length and size. */
const progressSchema = z.strictObject({
  kind: z.literal('progress'),
  step: z.enum(['reading', 'examining']),
  share: shareSchema,
});

export const importMediaSchema = z.strictObject({ open: openIdSchema, source: importSourceSchema });
export const importMediaEventSchema = z.discriminatedUnion('kind', [
  progressSchema,
  z.strictObject({
    kind: z.literal('imported'),
    mediaId: mediaIdSchema,
    /** False: the project had it already, under this id. */
    isNew: z.boolean(),
    /** Of a sample, where the file has more than are kept: worth saying once. */
    bits: bitsSchema.optional(),
  }),
]);
export type ImportMediaEvent = z.infer<typeof importMediaEventSchema>;

const mostMedia = 100_000;

export const relinkMediaSchema = z.strictObject({ open: openIdSchema, mediaId: mediaIdSchema, path: pathSchema });
export const relinkMediaEventSchema = z.discriminatedUnion('kind', [
  progressSchema,
  /** All that were found: the one that was asked for, and others beside it. */
  z.strictObject({ kind: z.literal('found'), mediaIds: z.array(mediaIdSchema).max(mostMedia) }),
]);

export const prepareMediaSchema = z.strictObject({
  open: openIdSchema,
  mediaId: mediaIdSchema,
  /** False: stop what is being made of it. */
  wanted: z.boolean(),
});

export const mediaFileStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('checking'), share: shareSchema }),
  z.strictObject({ kind: z.literal('here'), path: pathSchema }),
  /** `gone`: nothing is there. `changed`: something is, with another content. `lookedAt`: '' where no place is known. */
  z.strictObject({ kind: z.literal('missing'), why: z.enum(['gone', 'changed']), lookedAt: z.string().max(4096) }),
]);
export type MediaFileState = z.infer<typeof mediaFileStateSchema>;

export const preparationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('making'), share: shareSchema }),
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('failed'), problem: problemSchema }),
]);
export type Preparation = z.infer<typeof preparationSchema>;

export const mediaStandingSchema = z.strictObject({
  mediaId: mediaIdSchema,
  file: mediaFileStateSchema,
  /** Absent where there are no moving pictures, or no sound. */
  film: preparationSchema.optional(),
  sound: preparationSchema.optional(),
  /** Its high dynamic range looks flat: this machine's ffmpeg cannot tone-map. */
  isFlat: z.literal(true).optional(),
});
export type MediaStanding = z.infer<typeof mediaStandingSchema>;

export const mediaStandingsSchema = z.strictObject({ media: z.array(mediaStandingSchema).max(mostMedia) });

const projectSchema = z.strictObject({ open: openIdSchema });

export const mediaRequests = {
  /** The window then posts the file piece by piece (`uploadUrl`). Throws `disk-full`, `project-locked`. */
  beginUpload: { request: beginUploadSchema, response: uploadSchema },
  /** What came so far is thrown away. */
  dropUpload: { request: uploadSchema, response: nothingSchema },
  prepareMedia: { request: prepareMediaSchema, response: nothingSchema },
  /** Looks again for all that is missing. */
  lookForMedia: { request: projectSchema, response: nothingSchema },
};

export const mediaStreams = {
  /** Ends with `imported`. Whoever stops listening stops it, and nothing of it is left. */
  importMedia: { request: importMediaSchema, event: importMediaEventSchema, latestWins: newestProgress },
  /** Ends with `found`. Throws `invalid-argument` for another file than the one that is looked for. */
  relinkMedia: { request: relinkMediaSchema, event: relinkMediaEventSchema, latestWins: newestProgress },
  mediaStandings: { request: projectSchema, event: mediaStandingsSchema, latestWins: () => 'newest' },
};

function newestProgress(event: unknown): string | undefined {
  return progressSchema.safeParse(event).success ? 'progress' : undefined;
}

/** A name for media from that of its file. */
export function mediaName(fileName: string): string {
  const shown = fileName
    .replaceAll(/\p{Cc}/gv, ' ')
    .trim()
    .slice(0, 200)
    .trim();
  return nameSchema.safeParse(shown).success ? shown : 'Media';
}
