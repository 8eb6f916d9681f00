/**
 * What the first shot of a studio will need, made ready before anyone has described one: the pack validated, a provider chosen, text
 * encoder and first stage loaded. A wish: what fails here fails again when it is needed, and is told then.
 */
import { meansOf } from './means';
import type { StudioParts } from './studio';

/** Nothing happens where the queue is elsewhere, or works already. Resolves soon after `signal` aborts. */
export async function warmUp(
  { packs, jobs, generation, settings }: Pick<StudioParts, 'packs' | 'jobs' | 'generation' | 'settings'>,
  signal: AbortSignal,
): Promise<void> {
  if (!generation.isIdle) return;
  const pack = await packs.preferred(signal).catch(() => undefined);
  if (pack !== undefined) await jobs.prepare({ pack, ...meansOf(settings.value) }, signal);
}
