/** How fast a stage of a request is, as far as this machine has measured it. */
import type { PlannedStage } from '#engine/plan';
import type { CascadeRequest } from './cascade-job';
import { preferredProviders } from './provider-choice';
import type { Speeds } from './speeds';

/** Seconds per evaluation with the provider wanted, or where none is, with the best one that was ever measured. */
export function knownSpeed(
  { pack, threads, provider }: Pick<CascadeRequest, 'pack' | 'threads' | 'provider'>,
  speeds: Speeds,
  stage: PlannedStage,
): number | undefined {
  const candidates = provider === undefined ? preferredProviders(process.platform) : [provider];
  return candidates
    .map((candidate) => speeds.secondsPerEvaluation({ pack: pack.hash, stage: stage.id, provider: candidate, threads }))
    .find((seconds) => seconds !== undefined);
}
