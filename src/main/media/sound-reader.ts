/** Reads the samples that `make-sound.ts` wrote, from any moment on; before and behind them is silence. */
import { open, type FileHandle } from 'node:fs/promises';
import { soundFrameBytes } from './make-sound';

const fullScale = 32_768;

export class SoundReader {
  private constructor(
    private readonly handle: FileHandle,
    /** At `soundRate` a second. */
    readonly samples: number,
  ) {}

  /** Throws what opening throws. The caller closes it. */
  static async open(file: string): Promise<SoundReader> {
    const handle = await open(file, 'r');
    const { size } = await handle.stat();
    return new SoundReader(handle, Math.floor(size / soundFrameBytes));
  }

  /** Interleaved stereo, −1 to 1, `to − from` samples of each channel. */
  async read(from: number, to: number): Promise<Float32Array> {
    const made = new Float32Array(2 * (to - from));
    const first = Math.max(0, from);
    const last = Math.min(to, this.samples);
    if (last <= first) return made;
    const bytes = new Uint8Array((last - first) * soundFrameBytes);
    const { bytesRead } = await this.handle.read(bytes, 0, bytes.length, first * soundFrameBytes);
    const view = new DataView(bytes.buffer, 0, bytesRead);
    for (let at = 0; at + 1 < bytesRead; at += 2)
      made[2 * (first - from) + at / 2] = view.getInt16(at, true) / fullScale;
    return made;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
