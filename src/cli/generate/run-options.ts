/** The options that say with what means stages are run, for every command that runs some. */
import { defaultMemoryBytes, defaultThreads } from '#main/default-means';
import { providers, type Provider } from '#shared/inference-contract';
import { value, type OptionTable, type OptionValues } from '../options/option';
import { byteSize, oneOf, text, wholeNumber } from '../options/value-parsers';

export const runOptions = {
  provider: value(
    '<name>',
    `run on ${providers.join(', ')} (default: the best that reproduces the pack's golden vectors)`,
    oneOf(...providers),
  ),
  memory: value(
    '<size>',
    'what the inference process may take in all, such as 2GB (default: 2GB, at most half of this machine)',
    byteSize,
  ),
  threads: value('<n>', 'CPU threads (default: one a core)', wholeNumber(1, 256)),
} satisfies OptionTable;

export interface RunMeans {
  readonly provider?: Provider;
  readonly memoryBytes: number;
  readonly threads: number;
}

export function runMeans(values: OptionValues<typeof runOptions>): RunMeans {
  return {
    ...(values.provider !== undefined && { provider: values.provider }),
    memoryBytes: values.memory ?? defaultMemoryBytes(),
    threads: values.threads ?? defaultThreads(),
  };
}

export const packOption = value(
  '<pack>',
  'a name, name@version, the beginning of a hash, or a folder (default: the built-in pack)',
  text,
);
