/** What a stage's run begins with, loaded before anyone asks for the run: graphs are optimised while a prompt is still being typed. */
import type { StagePreparation } from '#shared/inference-contract';
import type { Resources } from './run-stage';
import { loadStageGraph, specOf } from './stage-graph';

/** Text encoder, tokenizer and graph. Throws what loading them throws. */
export async function prepareStage(request: StagePreparation, { pool, texts }: Resources): Promise<void> {
  const spec = specOf(request);
  await texts.load(request);
  await loadStageGraph(pool, request, { spec, givenFrames: 0 });
}
