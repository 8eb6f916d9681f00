/** Status and headers of an answer that carries content, with the part of a file that was asked for. Pure. */
import { byteRange } from './byte-range';
import type { ByteContent, Caching, FileContent } from './content';

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface FileHead extends Head {
  /** Bytes to send, both included; undefined: none. */
  readonly part: { readonly first: number; readonly last: number } | undefined;
}

const cacheControl: Readonly<Record<Caching, string>> = {
  never: 'no-store',
  'for-good': 'private, max-age=31536000, immutable',
};

export function bytesHead({ status, type, bytes, caching }: Omit<ByteContent, 'kind'>): Head {
  const headers = {
    'Content-Type': type,
    'Content-Length': String(bytes.byteLength),
    'Cache-Control': cacheControl[caching],
  };
  return { status, headers };
}

/** @param wanted the request's `Range` */
export function fileHead({ type, caching }: FileContent, sizeBytes: number, wanted: string | undefined): FileHead {
  const range = byteRange(wanted, sizeBytes);
  const always = { 'Accept-Ranges': 'bytes', 'Content-Type': type };
  if (range.kind === 'unsatisfiable') {
    const headers = { ...always, 'Content-Range': `bytes */${sizeBytes}`, 'Content-Length': '0' };
    return { status: 416, headers, part: undefined };
  }
  const isPart = range.kind === 'part';
  const { first, last } = isPart ? range : { first: 0, last: sizeBytes - 1 };
  const headers = {
    ...always,
    ...(isPart && { 'Content-Range': `bytes ${first}-${last}/${sizeBytes}` }),
    'Content-Length': String(last - first + 1),
    'Cache-Control': cacheControl[caching],
  };
  return { status: isPart ? 206 : 200, headers, part: sizeBytes === 0 ? undefined : { first, last } };
}
