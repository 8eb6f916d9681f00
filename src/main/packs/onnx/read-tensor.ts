/** Reads a TensorProto: its description, and whether the data behind it are all there. The data themselves are skipped. */
import { type ElementType, elementTypes } from './element-types';
import { tensorFields } from './messages';
import { type Field, malformed, type Range, type WireReader } from './wire';

const highestRank = 8;
/** 2 GiB of bytes; no tensor of a file can be larger. */
const mostElements = 2 ** 31;
/** Typed values are counted one by one; weights belong into `raw_data`, which is not. */
const mostTypedBytes = 16 * 1024 ** 2;

/** Bytes of the tensor's data. Throws `pack-invalid` where it is not wholly inside the file, or is not what it says. */
export function readTensor(wire: WireReader, range: Range): number {
  const dims: number[] = [];
  const values = new Map<string, number>();
  let type: ElementType | undefined;
  let rawBytes: number | undefined;
  for (const field of wire.fields(range, 'TensorProto', tensorFields)) {
    if (field.name === 'dims') appendDims(wire, field, dims);
    else if (field.name === 'data_type') type = elementType(field.value, range);
    else if (field.name === 'raw_data') rawBytes = field.range.to - field.range.from;
    else if (field.name === 'data_location') checkLocation(field.value, range);
    else if (field.name.endsWith('_data'))
      values.set(field.name, (values.get(field.name) ?? 0) + countValues(wire, field));
  }
  if (type === undefined) throw malformed('a tensor has no element type', range.from);
  const elements = elementCount(dims, range);
  const bytes = elements * type.bytes;
  const stored = rawBytes ?? (values.get(type.field) ?? 0) * type.bytes;
  const kinds = values.size + (rawBytes === undefined ? 0 : 1);
  if (kinds > 1 || stored !== bytes)
    throw malformed(
      `a tensor of ${dims.join(' × ')} ${type.name} needs ${bytes} bytes of data and has ${stored}`,
      range.from,
    );
  return bytes;
}

export function elementType(value: number, range: Range): ElementType {
  const type = elementTypes[value];
  if (type === undefined) throw malformed(`a tensor's element type is ${value}, which no pack may use`, range.from);
  return type;
}

function appendDims(wire: WireReader, field: Field, dims: number[]): void {
  for (const dim of field.wire === 'varint' ? [field.value] : wire.varints(field.range)) {
    dims.push(dim);
    if (dims.length > highestRank)
      throw malformed(`a tensor has more than ${highestRank} dimensions`, field.range.from);
  }
}

function elementCount(dims: readonly number[], range: Range): number {
  let elements = 1;
  for (const dim of dims) {
    elements *= dim;
    if (!(dim <= mostElements && elements <= mostElements))
      throw malformed(`a tensor's dimensions, ${dims.join(' × ')}, are too large or negative`, range.from);
  }
  return elements;
}

function checkLocation(location: number, range: Range): void {
  if (location !== 0) throw malformed('a tensor is stored outside of the file', range.from);
}

/** How many values a typed field holds: one, or those packed into it. */
function countValues(wire: WireReader, field: Field): number {
  if (field.wire !== 'bytes') return 1;
  const bytes = field.range.to - field.range.from;
  if (bytes > mostTypedBytes)
    throw malformed(`a tensor has ${bytes} bytes of ${field.name}, where weights are raw_data`, field.range.from);
  if (field.name === 'float_data') return wholeCount(bytes, 4, field);
  if (field.name === 'double_data') return wholeCount(bytes, 8, field);
  return wire.varints(field.range).length;
}

function wholeCount(bytes: number, each: number, field: Field): number {
  if (bytes % each !== 0) throw malformed(`${field.name} has ${bytes} bytes`, field.range.from);
  return bytes / each;
}
