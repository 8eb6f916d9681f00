/** What a path of the studio holds, in no transport's terms: the host sends it over HTTP, the shell through its own scheme. */

export type Caching =
  /** Made anew each time. */
  | 'never'
  /** Named by its content. */
  | 'for-good';

export interface ByteContent {
  readonly kind: 'bytes';
  /** Of HTTP. */
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly caching: Caching;
}

export interface FileContent {
  readonly kind: 'file';
  /** Absolute. */
  readonly file: string;
  readonly type: string;
  readonly caching: Caching;
}

export type Content = ByteContent | FileContent;

/** A line for people, and the status for programs. */
export function words(status: number, text: string): ByteContent {
  return {
    kind: 'bytes',
    status,
    type: 'text/plain; charset=utf-8',
    bytes: Buffer.from(`${text}\n`),
    caching: 'never',
  };
}
