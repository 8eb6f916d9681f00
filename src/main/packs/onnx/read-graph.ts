/** Reads a GraphProto with its nodes, their attributes, and the graphs inside those (If, Loop, Scan), to a limited depth. */
import { shown } from '../pack-invalid';
import { attributeFields, graphFields, nodeFields } from './messages';
import { domainOf, isAllowed } from './operators';
import { readTensor } from './read-tensor';
import { type GraphValue, readType, readValue } from './read-value';
import { malformed, type Range, type WireReader } from './wire';

export interface Graph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

/** What is counted over a whole file, graphs inside graphs included. */
export interface Census {
  nodes: number;
  tensors: number;
  /** Bytes of all weights and constants. */
  tensorBytes: number;
  /** Operators in use, by domain. */
  readonly operators: Map<string, Set<string>>;
}

/** The largest published diffusion graphs have some ten thousand. */
const mostNodes = 100_000;
const mostTensors = 100_000;
const deepestGraph = 4;
const mostEnds = 256;

export function readGraph(wire: WireReader, range: Range, census: Census, depth = 0): Graph {
  if (depth > deepestGraph) throw malformed(`graphs are nested deeper than ${deepestGraph} levels`, range.from);
  const inputs: GraphValue[] = [];
  const outputs: GraphValue[] = [];
  for (const field of wire.fields(range, 'GraphProto', graphFields)) {
    if (field.name === 'node') readNode(wire, field.range, census, depth);
    else if (field.name === 'initializer') countTensor(wire, field.range, census);
    else if (field.name === 'input') inputs.push(readValue(wire, field.range));
    else if (field.name === 'output') outputs.push(readValue(wire, field.range));
    else if (field.name === 'value_info') readValue(wire, field.range);
    if (inputs.length + outputs.length > mostEnds)
      throw malformed(`a graph has more than ${mostEnds} inputs and outputs`, range.from);
  }
  return { inputs, outputs };
}

function readNode(wire: WireReader, range: Range, census: Census, depth: number): void {
  if (++census.nodes > mostNodes) throw malformed(`it has more than ${mostNodes} nodes`, range.from);
  let domain = '';
  let type = '';
  for (const field of wire.fields(range, 'NodeProto', nodeFields)) {
    if (field.name === 'domain') domain = domainOf(wire.text(field.range));
    else if (field.name === 'op_type') type = wire.text(field.range);
    else if (field.name === 'attribute') readAttribute(wire, field.range, census, depth);
  }
  if (!isAllowed(domain, type))
    throw malformed(
      `it uses the operator ${shown(type)} of the domain ${shown(domain)}, which no pack may use`,
      range.from,
    );
  const ofDomain = census.operators.get(domain) ?? new Set();
  census.operators.set(domain, ofDomain.add(type));
}

function readAttribute(wire: WireReader, range: Range, census: Census, depth: number): void {
  for (const field of wire.fields(range, 'AttributeProto', attributeFields)) {
    if (field.name === 't' || field.name === 'tensors') countTensor(wire, field.range, census);
    else if (field.name === 'g' || field.name === 'graphs') readGraph(wire, field.range, census, depth + 1);
    else if (field.name === 'tp' || field.name === 'type_protos') readType(wire, field.range);
  }
}

function countTensor(wire: WireReader, range: Range, census: Census): void {
  if (++census.tensors > mostTensors) throw malformed(`it has more than ${mostTensors} tensors`, range.from);
  census.tensorBytes += readTensor(wire, range);
}
