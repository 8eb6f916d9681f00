/** The element types of tensors that a pack's graph may use (onnx.proto, TensorProto.DataType), by number. */

export interface ElementType {
  readonly name: string;
  readonly bytes: number;
  /** The typed field of a TensorProto that may hold its values instead of `raw_data`. */
  readonly field: 'float_data' | 'int32_data' | 'int64_data' | 'double_data' | 'uint64_data';
}

export const float32 = 1;
export const int64 = 7;

/** Strings, complex numbers and the types that came after opset 18 are left out. */
export const elementTypes: Readonly<Record<number, ElementType>> = {
  [float32]: { name: 'float32', bytes: 4, field: 'float_data' },
  2: { name: 'uint8', bytes: 1, field: 'int32_data' },
  3: { name: 'int8', bytes: 1, field: 'int32_data' },
  4: { name: 'uint16', bytes: 2, field: 'int32_data' },
  5: { name: 'int16', bytes: 2, field: 'int32_data' },
  6: { name: 'int32', bytes: 4, field: 'int32_data' },
  [int64]: { name: 'int64', bytes: 8, field: 'int64_data' },
  9: { name: 'bool', bytes: 1, field: 'int32_data' },
  10: { name: 'float16', bytes: 2, field: 'int32_data' },
  11: { name: 'float64', bytes: 8, field: 'double_data' },
  12: { name: 'uint32', bytes: 4, field: 'uint64_data' },
  13: { name: 'uint64', bytes: 8, field: 'uint64_data' },
  16: { name: 'bfloat16', bytes: 2, field: 'int32_data' },
};
