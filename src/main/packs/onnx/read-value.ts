/** Reads a ValueInfoProto: the name, element type and dimensions of a graph's input or output. */
import { dimensionFields, shapeFields, tensorTypeFields, typeFields, valueFields } from './messages';
import { malformed, type Range, type WireReader } from './wire';

/** A number, or the name of one that is known only when the graph runs (empty where it has no name). */
export type Dim = number | string;

export interface GraphValue {
  readonly name: string;
  /** TensorProto.DataType; absent where the value is no tensor, or its type is not stated. */
  readonly elementType?: number;
  /** Absent where not even the rank is known. */
  readonly dims?: readonly Dim[];
}

const highestRank = 8;
const largestDim = 2 ** 31;
/** Sequences of sequences: real graphs have at most one level. */
const deepestType = 4;

export function readValue(wire: WireReader, range: Range): GraphValue {
  let name = '';
  let type: Omit<GraphValue, 'name'> = {};
  for (const field of wire.fields(range, 'ValueInfoProto', valueFields)) {
    if (field.name === 'name') name = wire.text(field.range);
    else if (field.name === 'type') type = readType(wire, field.range);
  }
  return { name, ...type };
}

/** Checks nested types, too, but describes tensors only. */
export function readType(wire: WireReader, range: Range, depth = 0): Omit<GraphValue, 'name'> {
  if (depth > deepestType) throw malformed('a type is nested too deep', range.from);
  let tensor: Omit<GraphValue, 'name'> = {};
  let kinds = 0;
  for (const field of wire.fields(range, 'TypeProto', typeFields)) {
    if (field.name === 'denotation') continue;
    kinds++;
    if (field.name === 'tensor_type') tensor = readTensorType(wire, field.range);
    else readElementOf(wire, field.range, depth);
  }
  if (kinds > 1) throw malformed('a value has two types', range.from);
  return tensor;
}

const nestedTypeFields = { 1: { name: 'elem_type', wire: 'bytes' } } as const;

function readElementOf(wire: WireReader, range: Range, depth: number): void {
  for (const field of wire.fields(range, 'TypeProto.Sequence', nestedTypeFields))
    readType(wire, field.range, depth + 1);
}

function readTensorType(wire: WireReader, range: Range): Omit<GraphValue, 'name'> {
  let elementType: number | undefined;
  let dims: readonly Dim[] | undefined;
  for (const field of wire.fields(range, 'TypeProto.Tensor', tensorTypeFields)) {
    if (field.name === 'elem_type') elementType = field.value;
    else dims = readDims(wire, field.range);
  }
  return { ...(elementType !== undefined && { elementType }), ...(dims && { dims }) };
}

function readDims(wire: WireReader, range: Range): readonly Dim[] {
  const dims: Dim[] = [];
  for (const field of wire.fields(range, 'TensorShapeProto', shapeFields)) {
    dims.push(readDim(wire, field.range));
    if (dims.length > highestRank) throw malformed(`a value has more than ${highestRank} dimensions`, range.from);
  }
  return dims;
}

function readDim(wire: WireReader, range: Range): Dim {
  let dim: Dim | undefined;
  for (const field of wire.fields(range, 'TensorShapeProto.Dimension', dimensionFields)) {
    if (field.name === 'denotation') continue;
    if (dim !== undefined) throw malformed('a dimension has two values', range.from);
    dim = field.name === 'dim_value' ? field.value : wire.text(field.range);
  }
  if (typeof dim === 'number' && dim > largestDim) throw malformed('a dimension is negative or above 2^31', range.from);
  return dim ?? '';
}
