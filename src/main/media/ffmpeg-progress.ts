/**
 * Parses what `ffmpeg -progress` writes: blocks of `key=value` lines, each ended by `progress=continue` or `progress=end`.
 * Pure: knows nothing of processes. Keys as in ffmpeg's fftools/ffmpeg.c, print_report.
 */
export interface FfmpegProgress {
  /** Frames encoded so far. */
  readonly frame: number;
  /** Encoding speed in frames per second; 0 at the start. */
  readonly fps: number;
  /** Bytes written so far; undefined where ffmpeg does not know (`N/A`). */
  readonly sizeBytes: number | undefined;
  readonly finished: boolean;
}

/** Feed it the stream in any pieces; it returns the blocks that became complete. */
export class FfmpegProgressParser {
  #rest = '';
  #block = new Map<string, string>();

  push(text: string): FfmpegProgress[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => this.#line(line)).filter((progress) => progress !== undefined);
  }

  #line(line: string): FfmpegProgress | undefined {
    const at = line.indexOf('=');
    if (at < 0) return undefined;
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    if (key !== 'progress') {
      this.#block.set(key, value);
      return undefined;
    }
    const block = this.#block;
    this.#block = new Map();
    return {
      frame: numberOf(block.get('frame')) ?? 0,
      fps: numberOf(block.get('fps')) ?? 0,
      sizeBytes: numberOf(block.get('total_size')),
      finished: value === 'end',
    };
  }
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
