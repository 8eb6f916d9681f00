/**
 * Messages as bytes, for transports that do not copy structured data: MessagePack (github.com/msgpack/msgpack, spec.md). A field that is
 * undefined is left out, as a structured clone's reader would see it. What comes in is bounded before it is built.
 */
import { Decoder, Encoder } from '@msgpack/msgpack';
import { mebibyte } from '../units';

/** The largest edit fits: 100,000 clips, each to a track and a place of its own, in 200,000 patches of 82 bytes. */
export const mostMessageBytes = 16 * mebibyte;

const mostMembers = 400_000;
/** Twice as deep as the deepest message. */
const deepest = 40;

const encoder = new Encoder({ ignoreUndefined: true, maxDepth: deepest });
const decoder = new Decoder({
  maxArrayLength: mostMembers,
  maxMapLength: mostMembers,
  maxStrLength: mostMessageBytes,
  maxBinLength: mostMessageBytes,
  maxExtLength: 0,
});

/** Throws for what is not plain data and `Uint8Array`. The bytes are the caller's own. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(message);
}

/** Undefined for bytes that are no message: whoever parses the message then refuses it. */
export function decodeMessage(bytes: Uint8Array): unknown {
  if (bytes.byteLength > mostMessageBytes) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
