/** An inference service that lets everything through and keeps the figures that jobs do not need. */
import type { InferenceService } from '#main/inference/inference-service';
import type {
  ProbeRequest,
  ProviderReport,
  StageEvent,
  StagePreparation,
  StageRunRequest,
} from '#shared/inference-contract';

export interface StageFigures {
  readonly stage: string;
  readonly loadSec: number;
  /** Inside ONNX Runtime, and beside it: what the clip waited for the engine. */
  readonly runtimeSec: number;
  readonly engineSec: number;
  readonly evaluations: number;
  readonly peakRssBytes: number;
}

export class StageRecorder implements InferenceService {
  readonly figures: StageFigures[] = [];
  /** `performance.now()` of the first preview since `watchForPreview`. */
  firstPreviewMs: number | undefined;

  constructor(private readonly inner: InferenceService) {}

  watchForPreview(): void {
    this.firstPreviewMs = undefined;
  }

  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProviderReport> {
    return this.inner.probe(request, signal);
  }

  prepareStage(request: StagePreparation): Promise<void> {
    return this.inner.prepareStage(request);
  }

  async *runStage(request: StageRunRequest, signal: AbortSignal): AsyncIterable<StageEvent> {
    let loadSec = 0;
    for await (const event of this.inner.runStage(request, signal)) {
      if (event.kind === 'loaded') loadSec = event.seconds;
      if (event.kind === 'preview') this.firstPreviewMs ??= performance.now();
      if (event.kind === 'finished')
        this.figures.push({
          stage: request.stage,
          loadSec,
          runtimeSec: event.runtimeSeconds,
          engineSec: event.engineSeconds,
          evaluations: event.evaluations,
          peakRssBytes: event.peakRssBytes,
        });
      yield event;
    }
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
