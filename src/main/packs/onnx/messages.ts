/** The messages of ONNX (onnx/onnx.proto, IR version 8 to 13): field numbers, and which fields a pack may not use. */
import type { FieldRule, MessageRules } from './wire';

const one = <Name extends string>(name: Name): FieldRule<Name> => ({ name, wire: 'bytes' });
const many = <Name extends string>(name: Name): FieldRule<Name> => ({ name, wire: 'bytes', repeated: true });
const number = <Name extends string>(name: Name): FieldRule<Name> => ({ name, wire: 'varint' });
const numbers = <Name extends string>(name: Name, wire: 'varint' | 'fixed32' | 'fixed64'): FieldRule<Name> => ({
  name,
  wire,
  repeated: true,
  packable: true,
});
const refused = <Name extends string>(name: Name, why: string, wire: FieldRule['wire'] = 'bytes'): FieldRule<Name> => ({
  name,
  wire,
  refused: why,
});

const sparse = 'sparse tensors can point outside of themselves';
const functions = 'every operator must be one of ONNX itself';
const devices = 'Sluice chooses the device';
const external = 'all weights must be inside the file';

export const modelFields = {
  1: number('ir_version'),
  2: one('producer_name'),
  3: one('producer_version'),
  4: one('domain'),
  5: number('model_version'),
  6: one('doc_string'),
  7: one('graph'),
  8: many('opset_import'),
  14: many('metadata_props'),
  20: refused('training_info', 'a pack only infers'),
  25: refused('functions', functions),
  26: refused('configuration', devices),
} as const satisfies MessageRules;

export const opsetFields = { 1: one('domain'), 2: number('version') } as const satisfies MessageRules;

export const entryFields = { 1: one('key'), 2: one('value') } as const satisfies MessageRules;

export const graphFields = {
  1: many('node'),
  2: one('name'),
  5: many('initializer'),
  10: one('doc_string'),
  11: many('input'),
  12: many('output'),
  13: many('value_info'),
  14: many('quantization_annotation'),
  15: refused('sparse_initializer', sparse),
  16: many('metadata_props'),
} as const satisfies MessageRules;

export const nodeFields = {
  1: many('input'),
  2: many('output'),
  3: one('name'),
  4: one('op_type'),
  5: many('attribute'),
  6: one('doc_string'),
  7: one('domain'),
  8: refused('overload', functions),
  9: many('metadata_props'),
  10: refused('device_configurations', devices),
} as const satisfies MessageRules;

export const attributeFields = {
  1: one('name'),
  2: { name: 'f', wire: 'fixed32' },
  3: number('i'),
  4: one('s'),
  5: one('t'),
  6: one('g'),
  7: numbers('floats', 'fixed32'),
  8: numbers('ints', 'varint'),
  9: many('strings'),
  10: many('tensors'),
  11: many('graphs'),
  13: one('doc_string'),
  14: one('tp'),
  15: many('type_protos'),
  20: number('type'),
  21: refused('ref_attr_name', functions),
  22: refused('sparse_tensor', sparse),
  23: refused('sparse_tensors', sparse),
} as const satisfies MessageRules;

export const tensorFields = {
  1: numbers('dims', 'varint'),
  2: number('data_type'),
  3: refused('segment', 'a tensor must be in one piece'),
  4: numbers('float_data', 'fixed32'),
  5: numbers('int32_data', 'varint'),
  6: refused('string_data', 'no network of a pack computes on text'),
  7: numbers('int64_data', 'varint'),
  8: one('name'),
  9: one('raw_data'),
  10: numbers('double_data', 'fixed64'),
  11: numbers('uint64_data', 'varint'),
  12: one('doc_string'),
  13: refused('external_data', external),
  14: number('data_location'),
  16: many('metadata_props'),
} as const satisfies MessageRules;

export const valueFields = {
  1: one('name'),
  2: one('type'),
  3: one('doc_string'),
  4: many('metadata_props'),
} as const satisfies MessageRules;

export const typeFields = {
  1: one('tensor_type'),
  4: one('sequence_type'),
  5: refused('map_type', 'a graph computes on tensors'),
  6: one('denotation'),
  7: refused('opaque_type', 'a graph computes on tensors'),
  8: refused('sparse_tensor_type', sparse),
  9: one('optional_type'),
} as const satisfies MessageRules;

export const tensorTypeFields = { 1: number('elem_type'), 2: one('shape') } as const satisfies MessageRules;

export const shapeFields = { 1: many('dim') } as const satisfies MessageRules;

export const dimensionFields = {
  1: number('dim_value'),
  2: one('dim_param'),
  3: one('denotation'),
} as const satisfies MessageRules;
