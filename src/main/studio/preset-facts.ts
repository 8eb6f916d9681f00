/** What this machine can export to. */
import type { z } from 'zod';
import { SluiceError } from '#shared/errors';
import type { exportPresetsSchema } from '#shared/studio/exports';
import { exportPresets } from '../export/presets';
import { ffmpegCapabilities } from '../media/ffmpeg-capabilities';

/** Without ffmpeg none is usable. */
export async function presetFacts(
  ffmpegPath: () => string,
  signal: AbortSignal,
): Promise<z.input<typeof exportPresetsSchema>> {
  const encoders = await encodersOf(ffmpegPath, signal);
  const presets = exportPresets.map(
    ({ id, title, target, extension, encoder, qualities, sound, multipleOf, smallestSide }) => ({
      ...{ id, title, target, extension, multipleOf, smallestSide },
      isUsable: encoders.has(encoder),
      hasQuality: qualities !== undefined,
      hasSound: sound !== undefined,
    }),
  );
  return { presets };
}

async function encodersOf(ffmpegPath: () => string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  try {
    return (await ffmpegCapabilities(ffmpegPath(), signal)).encoders;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SluiceError) return new Set();
    throw error;
  }
}
