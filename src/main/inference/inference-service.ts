/** What the rest of main sees of the inference process: a service that may die and comes back. */
import type {
  ProbeRequest,
  ProviderReport,
  StageEvent,
  StagePreparation,
  StageRunRequest,
} from '#shared/inference-contract';

export interface InferenceService {
  /** Runs a provider against the pack's golden vectors, in a process of its own: a provider that aborts costs nothing else. */
  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProviderReport>;
  /**
   * Runs one stage and yields its events; the last one is `finished`. Aborting acknowledges at once: the iterable throws the
   * cancellation, the process gets a grace period to reach a step boundary, then it is killed.
   * Throws `inference-crashed` when the process dies; the caller may simply call again, the stage resumes from its checkpoint.
   */
  runStage(request: StageRunRequest, signal: AbortSignal): AsyncIterable<StageEvent>;
  /**
   * Loads what the stage needs, so that its run begins at once; nothing happens where a stage runs. Not cancelled: it takes a second or two.
   * Throws what loading throws, and `inference-crashed`.
   */
  prepareStage(request: StagePreparation): Promise<void>;
  /** Ends the process and frees what it held. */
  close(): Promise<void>;
}
