/** What ONNX Runtime's failures mean. It throws plain errors; their text is all there is to tell them apart. */
import { SluiceError, type ErrorCode } from '#shared/errors';
import type { Provider } from '#shared/inference-contract';

const meanings: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /bad[_ ]alloc|bad allocation|fail\w* to allocate|out of memory|allocation fail|array buffer allocation|E_OUTOFMEMORY/i,
    'out-of-memory',
    'Close other programs, or lower the memory setting so that smaller windows are used.',
  ],
  [
    /device (is |was )?(lost|removed)|DXGI_ERROR|failed to (get|request|create) .*(adapter|device)|cuda(rt)? (error|failure)|AppendExecutionProvider|no available backend/i,
    'provider-unavailable',
    'Choose another execution provider, for example cpu.',
  ],
  [
    /not a registered function|no op registered|not[ _]implemented|unsupported model ir|only \*guarantees\* support|opset \d+ is under development/i,
    'pack-unsupported',
    'Update Sluice, or use a pack that this version can run.',
  ],
  [
    /protobuf parsing failed|model data pointer|invalid model|no graph was found|type error|external data/i,
    'pack-invalid',
    'Install the pack again; if it stays, the pack itself is at fault.',
  ],
  [
    /invalid dimensions|invalid rank|invalid feed|unexpected input data type|shape|non-zero status code|INVALID_ARGUMENT/i,
    'pack-incompatible',
    'The graph does not take what its manifest promises: use another pack, or another version of it.',
  ],
];

/**
 * The error in the words of Sluice: `out-of-memory`, `provider-unavailable`, `pack-unsupported`, `pack-invalid`,
 * `pack-incompatible`, and for what says nothing `inference-crashed`. Errors of ours pass unchanged.
 *
 * @param doing what was being done, as in "load base.onnx"
 */
export function runtimeError(error: unknown, doing: string, provider: Provider): SluiceError {
  if (error instanceof SluiceError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const [, code, remedy] = meanings.find(([pattern]) => pattern.test(text)) ?? unknownFailure(provider);
  return new SluiceError(code, `Could not ${doing} on ${provider}: ${firstLine(text)}. ${remedy}`, {
    details: { provider },
    cause: error,
  });
}

/** `out-of-memory` for JavaScript's own way to say so, `error` itself otherwise. */
export function memoryError(error: unknown): unknown {
  if (
    !(error instanceof RangeError) ||
    !/allocation failed|invalid (typed )?array (buffer )?length/i.test(error.message)
  )
    return error;
  return new SluiceError(
    'out-of-memory',
    `A buffer could not be had (${error.message}). Close other programs, or lower the memory setting so that smaller windows are used.`,
    { cause: error },
  );
}

/** A provider other than the processor fails in words of its own, nearly always because of the machine. */
function unknownFailure(provider: Provider): readonly [RegExp, ErrorCode, string] {
  return provider === 'cpu'
    ? [/./, 'inference-crashed', 'Try again; if it stays, report it with this message.']
    : [/./, 'provider-unavailable', 'Choose another execution provider, for example cpu.'];
}

/** Why a provider cannot be had, in fewer words than the runtime's, which name its source files. The cause keeps those. */
const plainReasons: readonly (readonly [RegExp, string])[] = [
  [/failed to load shared library/i, 'its libraries are not installed'],
  [/no supported adapters|failed to get a webgpu adapter/i, 'there is no graphics adapter that it can use'],
];

function firstLine(text: string): string {
  const plain = plainReasons.find(([pattern]) => pattern.test(text))?.[1];
  if (plain !== undefined) return plain;
  return (text.split('\n', 1)[0] ?? '').slice(0, 400).replace(/\.\s*$/, '');
}
