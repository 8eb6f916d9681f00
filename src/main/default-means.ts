/** With what means stages run where nobody says: the same on the command line and in the studio. */
import { availableParallelism, totalmem } from 'node:os';

/** The whole 1280 × 768 clip runs in this much (docs/log.md); more makes larger windows. */
const enoughMemoryBytes = 2e9;

export function defaultMemoryBytes(machineBytes = totalmem()): number {
  return Math.min(enoughMemoryBytes, Math.floor(machineBytes / 2));
}

/** Machines with many logical cores have two for each real one, and convolutions gain nothing from the second. */
export function defaultThreads(logicalCores = availableParallelism()): number {
  return logicalCores <= 4 ? logicalCores : Math.ceil(logicalCores / 2);
}
