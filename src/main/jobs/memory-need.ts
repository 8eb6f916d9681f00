/** Whether the memory setting holds the stages of a plan, and how they are cut for it: known before anything runs. Pure. */
import type { PlannedStage } from '#engine/plan';
import { planCascade } from '#engine/plan-cascade';
import { planMemory, type StageMemory } from '#engine/plan-memory';
import { SluiceError } from '#shared/errors';
import type { PackManifest, StageId } from '#shared/pack-manifest';
import { plainShot } from '#shared/shot';

export interface MemoryNeed {
  /** Of the inference process while it runs the stage: its peak where the stage fits, else the least with which it would run. */
  readonly bytes: number;
  /** Windows that each evaluation is cut into; absent where the stage does not fit. */
  readonly windows?: number;
}

/** For the memory setting `memoryBytes`. */
export function memoryNeed(manifest: PackManifest, stage: PlannedStage, memoryBytes: number): MemoryNeed {
  try {
    const { windows, bytes } = memoryOf(manifest, stage, memoryBytes);
    return { bytes, windows: windows.runs.length * windows.tiles.length };
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'out-of-memory') throw error;
    const { neededBytes, memoryBytes: left } = error.details;
    return { bytes: memoryBytes + Number(neededBytes) - Number(left) };
  }
}

/** Bytes of the inference process with the smallest windows that the stage can be cut into. */
export function leastMemory(manifest: PackManifest, stage: PlannedStage): number {
  return memoryNeed(manifest, stage, 0).bytes;
}

/** The stage of the pack that needs the most, run with its defaults. Throws what planning throws. */
export function largestNeed(
  manifest: PackManifest,
  memoryBytes: number,
): { readonly stage: StageId; readonly need: MemoryNeed } | undefined {
  return planCascade(manifest, plainShot('any', 0))
    .stages.map((stage) => ({ stage: stage.id, need: memoryNeed(manifest, stage, memoryBytes) }))
    .reduce<{ stage: StageId; need: MemoryNeed } | undefined>(
      (most, each) => (most === undefined || each.need.bytes > most.need.bytes ? each : most),
      undefined,
    );
}

/** Throws `out-of-memory`, with what to raise the setting by, where it cannot hold one of `stages`. */
export function requireMemory(manifest: PackManifest, stages: readonly PlannedStage[], memoryBytes: number): void {
  for (const stage of stages) memoryOf(manifest, stage, memoryBytes);
}

function memoryOf(manifest: PackManifest, stage: PlannedStage, memoryBytes: number): StageMemory {
  const graph = manifest.files.find(({ path }) => path === stage.spec.graph);
  return planMemory(stage, graph?.sizeBytes ?? 0, memoryBytes);
}
