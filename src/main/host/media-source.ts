/** Where the host gets pictures of kept clips; the studio's service is one. */
import type { Sha256 } from '#shared/units';
import type { ImportedSource } from './imported-content';
import type { UploadSink } from './receive-upload';

export interface MediaSource {
  /** Path of a film to play and seek. Throws `artifact-missing`, `ffmpeg-missing`, `ffmpeg-failed`, `disk-full`. */
  proxy(key: Sha256, signal: AbortSignal): Promise<string>;
  /** PNG. Throws `artifact-missing`, `invalid-argument`, and as `proxy`. */
  frame(key: Sha256, frame: number, signal: AbortSignal): Promise<Uint8Array>;
  /** PNG of `frames` pictures side by side, `height` pixels high at most. Throws as `frame`. */
  strip(key: Sha256, frames: number, height: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Media of the user's own; absent: there are none here. */
  readonly imported?: ImportedSource;
  /** Where the pieces of a file go that a window sends. */
  readonly uploadOf?: (id: string) => UploadSink | undefined;
}
