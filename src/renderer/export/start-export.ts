/** Asks main to begin an export. */
import type { z } from 'zod';
import { SluiceError } from '#shared/errors';
import type { startExportSchema } from '#shared/studio/exports';
import { isLoss } from '../studio/loss';
import type { Studio } from '../studio/studio';

export type Started =
  | { readonly kind: 'started' }
  /** Something bears the name: nothing is replaced unless that is asked for. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'unanswered' };

export async function startExport(studio: Studio, order: z.input<typeof startExportSchema>): Promise<Started> {
  try {
    // What is exported is the edit as it is seen: what was changed last has to have arrived.
    await studio.document.settled();
    await studio.channel().request('startExport', order);
    return { kind: 'started' };
  } catch (error) {
    if (isLoss(error)) return { kind: 'unanswered' };
    if (error instanceof SluiceError && error.code === 'output-exists' && order.force !== true)
      return { kind: 'taken' };
    return { kind: 'refused', error };
  }
}
