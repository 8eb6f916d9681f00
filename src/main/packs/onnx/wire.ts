/**
 * The protobuf wire format (protobuf.dev, "Encoding"), read strictly: what another parser would skip, merge or truncate is
 * refused, so that no two parsers see two different graphs in one file. It knows nothing of ONNX.
 */
import type { SluiceError } from '#shared/errors';
import { packInvalid } from '../pack-invalid';
import type { Bytes } from './bytes';

/** `[from, to)` in the file. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type WireType = 'varint' | 'fixed32' | 'fixed64' | 'bytes';

/** How a field of a message is written. */
export interface FieldRule<Name extends string = string> {
  readonly name: Name;
  readonly wire: WireType;
  /** Absent: at most once. */
  readonly repeated?: true;
  /** Repeated numbers may also come packed into one field of bytes. */
  readonly packable?: true;
  /** Why a pack may not have this field at all. */
  readonly refused?: string;
}

/** A message's fields by number. */
export type MessageRules<Name extends string = string> = Readonly<Record<number, FieldRule<Name>>>;

export interface Field<Name extends string = string> {
  readonly name: Name;
  readonly wire: WireType;
  /**
   * Of a varint. `Infinity` stands for everything above 2^53 − 1, which includes all negative numbers: no length, count,
   * dimension or enumeration may be that.
   */
  readonly value: number;
  /** Of bytes: where the contents are; else empty. */
  readonly range: Range;
}

/** The numbers of a real graph's structure are below this by orders of magnitude; it bounds the time that any file takes. */
const mostFields = 4_000_000;
const longestText = 4096;
const largestFieldNumber = 2 ** 29 - 1;
const wireTypes: readonly (WireType | undefined)[] = ['varint', 'fixed64', 'bytes', undefined, undefined, 'fixed32'];

export class WireReader {
  #fields = 0;
  #position = 0;

  constructor(readonly bytes: Bytes) {}

  /** The fields of the message in `range`, in file order. Throws `pack-invalid` at the first that `rules` does not allow. */
  *fields<Name extends string>(range: Range, message: string, rules: MessageRules<Name>): Generator<Field<Name>> {
    const seen = new Set<number>();
    for (let position = range.from; position < range.to; position = this.#position) {
      if (++this.#fields > mostFields) throw malformed('it has millions of fields', position);
      const { number, wire, value, contents } = this.#field(position, range.to);
      const next = this.#position;
      const rule = rules[number];
      if (rule === undefined) throw malformed(`${message} has an unknown field ${number}`, position);
      if (rule.refused !== undefined) throw malformed(`${message}.${rule.name} is used: ${rule.refused}`, position);
      if (wire !== rule.wire && !(rule.packable === true && wire === 'bytes'))
        throw malformed(`${message}.${rule.name} is written as ${wire}`, position);
      if (rule.repeated !== true && seen.has(number))
        throw malformed(`${message}.${rule.name} is there twice`, position);
      seen.add(number);
      yield { name: rule.name, wire, value, range: contents };
      this.#position = next;
    }
  }

  /** UTF-8 of at most 4096 bytes. */
  text(range: Range): string {
    if (range.to - range.from > longestText) throw malformed(`a name has over ${longestText} bytes`, range.from);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.slice(range.from, range.to));
    } catch {
      throw malformed('a name is not UTF-8', range.from);
    }
  }

  /** The varints packed in `range`. */
  varints(range: Range): readonly number[] {
    const values: number[] = [];
    for (let position = range.from; position < range.to; position = this.#position) {
      if (++this.#fields > mostFields) throw malformed('it has millions of numbers', position);
      values.push(this.#varint(position, range.to));
    }
    return values;
  }

  #field(position: number, end: number): { number: number; wire: WireType; value: number; contents: Range } {
    const tag = this.#varint(position, end);
    const number = Math.floor(tag / 8);
    const wire = wireTypes[tag % 8];
    if (number < 1 || number > largestFieldNumber || wire === undefined)
      throw malformed('there is no field where one should be', position);
    if (wire === 'varint') {
      const value = this.#varint(this.#position, end);
      return { number, wire, value, contents: { from: this.#position, to: this.#position } };
    }
    const length = wire === 'fixed32' ? 4 : wire === 'fixed64' ? 8 : this.#varint(this.#position, end);
    if (length > end - this.#position)
      throw malformed(`a field of ${length} bytes ends outside of its message`, position);
    const contents = { from: this.#position, to: this.#position + length };
    this.#position = contents.to;
    return { number, wire, value: 0, contents };
  }

  /** Reads a varint of at most ten bytes and leaves `#position` behind it. */
  #varint(position: number, end: number): number {
    let value = 0;
    for (let i = 0; i < 10 && position + i < end; i++) {
      const byte = this.bytes.at(position + i);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte >= 0x80) continue;
      this.#position = position + i + 1;
      return Number.isSafeInteger(value) ? value : Infinity;
    }
    throw malformed('a number does not end', position);
  }
}

/** `what` continues "The ONNX file is refused: …". */
export function malformed(what: string, position?: number): SluiceError {
  const where = position === undefined ? '' : ` (at byte ${position})`;
  return packInvalid(
    `The ONNX file is refused: ${what}${where}.`,
    'Export it again as docs/pack-format.md says, or download the pack again.',
    position === undefined ? undefined : { position },
  );
}
