/**
 * Reads what must be known of an ONNX file before a runtime may open it: its inputs and outputs, its operators, and that
 * everything it refers to is inside the file. Written by hand and strict, because ONNX's own readers have followed paths out
 * of a model's folder (CVE-2022-25882, CVE-2024-27318 and successors). It does not know what a pack wants of the graph.
 *
 * Source: onnx/onnx.proto (ModelProto), checked against files of torch.onnx.
 */
import { shown } from '../pack-invalid';
import type { Bytes } from './bytes';
import { entryFields, modelFields, opsetFields } from './messages';
import { domainOf, isKnownDomain, onnxOpset } from './operators';
import { type Census, type Graph, readGraph } from './read-graph';
import { malformed, type Range, WireReader } from './wire';

export type OnnxModel = Graph & Readonly<Census>;

/** IR versions that know opset 18 and that ONNX Runtime 1.30 reads. */
const irVersions = { from: 8, to: 13 };
/** ONNX Runtime takes session options, such as paths to write to, from here where it is told to. */
const refusedMetadata = new Set(['ort_config']);

/** Time and memory are bounded whatever the bytes are. Throws `pack-invalid`, and nothing else. */
export function readModel(bytes: Bytes): OnnxModel {
  const wire = new WireReader(bytes);
  const census: Census = { nodes: 0, tensors: 0, tensorBytes: 0, operators: new Map() };
  const opsets = new Map<string, number>();
  let graph: Graph | undefined;
  let irVersion = 0;
  for (const field of wire.fields({ from: 0, to: bytes.size }, 'ModelProto', modelFields)) {
    if (field.name === 'ir_version') irVersion = field.value;
    else if (field.name === 'opset_import') readOpset(wire, field.range, opsets);
    else if (field.name === 'metadata_props') checkMetadata(wire, field.range);
    else if (field.name === 'graph') graph = readGraph(wire, field.range, census);
  }
  if (graph === undefined) throw malformed('it has no graph');
  if (irVersion < irVersions.from || irVersion > irVersions.to)
    throw malformed(`its IR version is ${irVersion}, not one from ${irVersions.from} to ${irVersions.to}`);
  if (opsets.get('') !== onnxOpset)
    throw malformed(`it is written in opset ${opsets.get('') ?? 'none'}, not ${onnxOpset}`);
  for (const domain of census.operators.keys())
    if (!opsets.has(domain)) throw malformed(`it uses operators of ${shown(domain)} without importing them`);
  return { ...graph, ...census };
}

function readOpset(wire: WireReader, range: Range, opsets: Map<string, number>): void {
  let domain = '';
  let version = 0;
  for (const field of wire.fields(range, 'OperatorSetIdProto', opsetFields)) {
    if (field.name === 'domain') domain = domainOf(wire.text(field.range));
    else version = field.value;
  }
  if (!isKnownDomain(domain)) throw malformed(`it uses operators of the domain ${shown(domain)}`, range.from);
  if (opsets.has(domain)) throw malformed(`it names the domain ${shown(domain)} twice`, range.from);
  opsets.set(domain, version);
}

function checkMetadata(wire: WireReader, range: Range): void {
  for (const field of wire.fields(range, 'StringStringEntryProto', entryFields))
    if (field.name === 'key' && refusedMetadata.has(wire.text(field.range)))
      throw malformed(`its metadata hold ${shown(wire.text(field.range))}, which configures the runtime`, range.from);
}
