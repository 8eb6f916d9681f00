/** The options that say with what means stages are run, for every command that runs some. */
import { availableParallelism, totalmem } from 'node:os';
import { providers, type Provider } from '#shared/inference-contract';
import { value, type OptionTable, type OptionValues } from '../options/option';
import { byteSize, oneOf, text, wholeNumber } from '../options/value-parsers';

export const runOptions = {
  provider: value(
    '<name>',
    `run on ${providers.join(', ')} (default: the best that reproduces the pack's golden vectors)`,
    oneOf(...providers),
  ),
  memory: value('<size>', 'what windows may take, such as 2GB (default: 2GB, at most half of this machine)', byteSize),
  threads: value('<n>', 'CPU threads (default: one a core)', wholeNumber(1, 256)),
} satisfies OptionTable;

export interface RunMeans {
  readonly provider?: Provider;
  readonly memoryBytes: number;
  readonly threads: number;
}

/** The whole 1280 × 768 clip runs in this much (docs/architecture.md); more makes larger windows. */
const defaultMemoryBytes = 2e9;

export function runMeans(values: OptionValues<typeof runOptions>): RunMeans {
  return {
    ...(values.provider !== undefined && { provider: values.provider }),
    memoryBytes: values.memory ?? Math.min(defaultMemoryBytes, Math.floor(totalmem() / 2)),
    threads: values.threads ?? defaultThreads(availableParallelism()),
  };
}

/** Machines with many logical cores have two for each real one, and convolutions gain nothing from the second. */
export function defaultThreads(logicalCores: number): number {
  return logicalCores <= 4 ? logicalCores : Math.ceil(logicalCores / 2);
}

export const packOption = value(
  '<pack>',
  'a name, name@version, the beginning of a hash, or a folder (default: the built-in pack)',
  text,
);
