/** What a planned stage will occupy and how it will be cut, for a given allowance, before it runs. */
import type { PlannedStage } from './plan';
import { graphBytes, latentBytes, processBytes } from './process-memory';
import { heldBytes } from './stage-memory';
import { planWindows, type StageWindows } from './windows';

export interface StageMemory {
  readonly windows: StageWindows;
  /** Bytes of the inference process at most: the largest window and all that is held beside it. */
  readonly bytes: number;
}

/**
 * `graphFileBytes`: size of the stage's graph; `memoryBytes`: the memory setting, for the whole process.
 * Throws `out-of-memory` where the stage cannot run within it.
 */
export function planMemory(stage: PlannedStage, graphFileBytes: number, memoryBytes: number): StageMemory {
  const { spec, input, given } = stage;
  const held =
    processBytes + graphBytes(graphFileBytes) + latentBytes(spec.output) + heldBytes(spec, input, given.length);
  const windows = planWindows(spec, input, memoryBytes - held);
  return { windows, bytes: held + windows.bytes };
}
