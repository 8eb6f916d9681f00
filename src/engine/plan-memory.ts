/** What a planned stage will occupy and how it will be cut, for a given allowance, before it runs. */
import type { PlannedStage } from './plan';
import { heldBytes } from './stage-memory';
import { planWindows, type StageWindows } from './windows';

export interface StageMemory {
  readonly windows: StageWindows;
  /** Bytes, largest window and what is held beside it; without weights and runtime. */
  readonly bytes: number;
}

/** Throws `out-of-memory` where the stage cannot run within `memoryBytes`. */
export function planMemory(stage: PlannedStage, memoryBytes: number): StageMemory {
  const held = heldBytes(stage.spec, stage.input, stage.given.length);
  const windows = planWindows(stage.spec, stage.input, memoryBytes - held);
  return { windows, bytes: held + windows.bytes };
}
