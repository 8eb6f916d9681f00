/** What main asks of the thread that looks into a pack's files. */
import { z } from 'zod';
import { packManifestSchema } from '#shared/pack-manifest';

export const contentContract = {
  requests: {
    /** A file of the pack in `directory`, by its path there; answered with a description, or `pack-invalid`. */
    check: {
      request: z.strictObject({ directory: z.string(), manifest: packManifestSchema, path: z.string() }),
      response: z.string(),
    },
  },
  streams: {},
};
