/** The exit status of the program for every way to fail. Scripts rely on these numbers: they are only ever added to. */
import { SluiceError, isCancellation, type ErrorCode } from '#shared/errors';

export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  pack: 3,
  media: 4,
  disk: 5,
  outputExists: 6,
  inference: 7,
  project: 8,
  /** As shells report an end by SIGINT. */
  cancelled: 130,
} as const;

const ofError: Readonly<Record<ErrorCode, number>> = {
  'invalid-prompt': exitCodes.usage,
  'invalid-shot': exitCodes.usage,
  'invalid-argument': exitCodes.usage,
  'pack-not-found': exitCodes.pack,
  'pack-invalid': exitCodes.pack,
  'pack-unsupported': exitCodes.pack,
  'pack-incompatible': exitCodes.pack,
  'artifact-missing': exitCodes.failure,
  'artifact-corrupt': exitCodes.failure,
  'disk-full': exitCodes.disk,
  'disk-read-only': exitCodes.disk,
  'out-of-memory': exitCodes.inference,
  'network-not-finite': exitCodes.inference,
  'inference-crashed': exitCodes.inference,
  'inference-timeout': exitCodes.inference,
  'provider-unavailable': exitCodes.inference,
  'provider-inexact': exitCodes.inference,
  'media-unreadable': exitCodes.media,
  'media-unsupported': exitCodes.media,
  'media-missing': exitCodes.media,
  'ffmpeg-missing': exitCodes.media,
  'ffmpeg-failed': exitCodes.media,
  'output-exists': exitCodes.outputExists,
  'recipe-invalid': exitCodes.media,
  'project-not-found': exitCodes.project,
  'project-invalid': exitCodes.project,
  'project-newer': exitCodes.project,
  'project-locked': exitCodes.project,
  'channel-protocol': exitCodes.failure,
  'job-not-found': exitCodes.failure,
  'queue-busy': exitCodes.failure,
  internal: exitCodes.failure,
};

export function exitCodeOf(error: unknown): number {
  if (isCancellation(error)) return exitCodes.cancelled;
  return error instanceof SluiceError ? ofError[error.code] : exitCodes.failure;
}
