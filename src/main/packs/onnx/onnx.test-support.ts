/** Writes ONNX files for tests, whole ones and such as no exporter would write. Field numbers are those of onnx/onnx.proto. */

export type Part = Uint8Array;
export type TestDim = number | string;

export interface TestValue {
  readonly name: string;
  /** TensorProto.DataType; float32 where absent. */
  readonly type?: number;
  readonly dims: readonly TestDim[];
}

export interface TestModel {
  readonly irVersion?: number;
  readonly opsets?: readonly (readonly [domain: string, version: number])[];
  readonly inputs?: readonly TestValue[];
  readonly outputs?: readonly TestValue[];
  readonly nodes?: readonly Part[];
  readonly tensors?: readonly Part[];
  /** Further fields of the graph, and of the model. */
  readonly graphParts?: readonly Part[];
  readonly modelParts?: readonly Part[];
}

export function concat(parts: readonly Part[]): Part {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A varint; negative numbers as 64-bit two's complement. */
export function varint(value: number | bigint): Part {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return new Uint8Array(bytes);
}

/** One field: a number as varint, text and bytes with their length. */
export function field(number: number, value: number | bigint | string | Part): Part {
  if (typeof value === 'number' || typeof value === 'bigint') return concat([varint(number * 8), varint(value)]);
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

export function message(...parts: readonly Part[]): Part {
  return concat(parts);
}

export function valueInfo({ name, type = 1, dims }: TestValue): Part {
  const shape = concat(dims.map((dim) => field(1, message(typeof dim === 'number' ? field(1, dim) : field(2, dim)))));
  return message(field(1, name), field(2, field(1, message(field(1, type), field(2, shape)))));
}

export function node(type: string, inputs: readonly string[], outputs: readonly string[], ...parts: Part[]): Part {
  return message(
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, type),
    ...parts,
  );
}

export interface TestTensor {
  readonly name?: string;
  readonly type?: number;
  readonly dims: readonly (number | bigint)[];
  readonly raw?: Part;
  readonly parts?: readonly Part[];
}

export function tensor({ name = 'w', type = 1, dims, raw, parts = [] }: TestTensor): Part {
  return message(
    ...dims.map((dim) => field(1, dim)),
    field(2, type),
    field(8, name),
    ...(raw === undefined ? [] : [field(9, raw)]),
    ...parts,
  );
}

export function graph({ inputs = [], outputs = [], nodes = [], tensors = [], graphParts = [] }: TestModel): Part {
  return message(
    ...nodes.map((part) => field(1, part)),
    field(2, 'test'),
    ...tensors.map((part) => field(5, part)),
    ...inputs.map((value) => field(11, valueInfo(value))),
    ...outputs.map((value) => field(12, valueInfo(value))),
    ...graphParts,
  );
}

/** A whole file, of IR version 8 and opset 18 unless it is told otherwise. */
export function model(options: TestModel = {}): Part {
  const { irVersion = 8, opsets = [['', 18]], modelParts = [] } = options;
  return message(
    field(1, irVersion),
    field(7, graph(options)),
    ...opsets.map(([domain, version]) =>
      field(8, message(...(domain === '' ? [] : [field(1, domain)]), field(2, version))),
    ),
    ...modelParts,
  );
}
