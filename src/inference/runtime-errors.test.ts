import { expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import type { Provider } from '#shared/inference-contract';
import { memoryError, runtimeError } from './runtime-errors';

/** As onnxruntime-node 1.30 words them, but for the removed device and the unknown ones, which are made up from DXGI's names. */
const failures: [message: string, provider: Provider, code: string][] = [
  ['Failed to allocate memory for requested buffer of size 4398046511104', 'cpu', 'out-of-memory'],
  ['std::bad_alloc', 'cpu', 'out-of-memory'],
  ['no available backend found. ERR: [dml] backend not found.', 'dml', 'provider-unavailable'],
  ['OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library', 'cuda', 'provider-unavailable'],
  ['Failed to get a WebGPU adapter: No supported adapters', 'webgpu', 'provider-unavailable'],
  ['D3D12 device removed, DXGI_ERROR_DEVICE_HUNG', 'dml', 'provider-unavailable'],
  ['something nobody has seen before', 'webgpu', 'provider-unavailable'],
  ['something nobody has seen before', 'cpu', 'inference-crashed'],
  ['Fatal error: evil:Frob(-1) is not a registered function/op', 'cpu', 'pack-unsupported'],
  ['Failed to load model because protobuf parsing failed.', 'cpu', 'pack-invalid'],
  [
    'Got invalid dimensions for input: z_t for the following indices\n index: 1 Got: 4 Expected: 3',
    'cpu',
    'pack-incompatible',
  ],
];

test.each(failures)('“%s” on %s is %s', (message, provider, code) => {
  const cause = new Error(message);
  const error = runtimeError(cause, 'run base.onnx', provider);
  expect(error).toMatchObject({ code, cause, details: { provider } });
  expect(error.message).toContain(`Could not run base.onnx on ${provider}`);
  expect(error.message).not.toContain('\n');
});

test('errors of ours pass unchanged', () => {
  const error = new SluiceError('disk-full', 'Full.');
  expect(runtimeError(error, 'run', 'cpu')).toBe(error);
  expect(memoryError(error)).toBe(error);
});

test('a buffer that JavaScript cannot have is out of memory', () => {
  const failure = (() => {
    try {
      return new Float32Array(2 ** 52);
    } catch (error) {
      return error;
    }
  })();
  expect(memoryError(failure)).toMatchObject({ code: 'out-of-memory', cause: failure });
  expect(memoryError(new RangeError('Array buffer allocation failed'))).toMatchObject({ code: 'out-of-memory' });
});
