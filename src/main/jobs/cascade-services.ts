/** What running a cascade needs from the rest of main. */
import type { ArtifactStore } from '../artifacts/artifact-store';
import type { InferenceService } from '../inference/inference-service';
import type { Checkpoints } from './checkpoints';
import type { Versions } from './make-recipe';
import type { ProviderChoice } from './provider-choice';
import type { Speeds } from './speeds';

export interface CascadeServices {
  readonly artifacts: ArtifactStore;
  readonly checkpoints: Checkpoints;
  readonly inference: InferenceService;
  readonly providers: ProviderChoice;
  readonly speeds: Speeds;
  readonly versions: Versions;
  /** What unpinned artifacts may take; the least recently used go first. */
  readonly artifactLimitBytes: number;
}
