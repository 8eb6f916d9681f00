/** The `Range` of a request for a film (RFC 9110, section 14): one range of bytes. Pure. */

export type ByteRange =
  | { readonly kind: 'whole' }
  /** Bytes from `first` to `last`, both included. */
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  /** Nothing of the file lies in it. */
  | { readonly kind: 'unsatisfiable' };

/** What is no single range of bytes is answered with the whole, as the standard allows. */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return { kind: 'whole' };
  if (from === '') return lastBytes(Number(to), sizeBytes);
  const first = Number(from);
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < first) return { kind: 'whole' };
  return first < sizeBytes ? { kind: 'part', first, last } : { kind: 'unsatisfiable' };
}

function lastBytes(count: number, sizeBytes: number): ByteRange {
  if (count === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', first: Math.max(0, sizeBytes - count), last: sizeBytes - 1 };
}
