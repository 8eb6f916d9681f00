/** Execution providers as their makers call them: names, not words, and the same in every language. */
import type { Provider } from '#shared/inference-contract';

export const providerNames: Readonly<Record<Provider, string>> = {
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
  cuda: 'CUDA',
  cpu: 'CPU',
};
