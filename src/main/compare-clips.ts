/** How far two clips of the same shape are apart, pixel by pixel, a few frames at a time. */
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';

/** Of 8-bit code values, over all frames, pixels and channels. */
export interface ClipDifference {
  readonly mean: number;
  readonly largest: number;
}

/** Both are frame files. Throws `invalid-argument` for different shapes, `artifact-corrupt`, `artifact-missing`, the reason of `signal`. */
export async function compareClips(pathA: string, pathB: string, signal: AbortSignal): Promise<ClipDifference> {
  const a = await openFrameFile(pathA);
  const b = await openFrameFile(pathB).catch(async (error: unknown) => {
    await a.close();
    throw error;
  });
  try {
    if (a.frames !== b.frames || a.height !== b.height || a.width !== b.width)
      throw new SluiceError(
        'invalid-argument',
        `Clips of different shapes cannot be compared: ${a.frames} × ${a.width}×${a.height} and ${b.frames} × ${b.width}×${b.height}.`,
      );
    let sum = 0;
    let largest = 0;
    for (let frame = 0; frame < a.frames; frame += 1) {
      signal.throwIfAborted();
      const [rgbA, rgbB] = await Promise.all([a.read(frame, frame + 1), b.read(frame, frame + 1)]);
      for (let i = 0; i < rgbA.length; i += 1) {
        const difference = Math.abs((rgbA[i] ?? 0) - (rgbB[i] ?? 0));
        sum += difference;
        if (difference > largest) largest = difference;
      }
    }
    return { mean: sum / (a.frames * a.height * a.width * 3), largest };
  } finally {
    await a.close();
    await b.close();
  }
}
