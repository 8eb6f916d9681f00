/**
 * The times of a file's packets, read from what ffmpeg's `framecrc` writes for a copy: how long picture and sound are, and how evenly
 * pictures follow one another. Nothing is decoded. Pure.
 */

export interface StreamTimes {
  readonly packets: number;
  /** End of the last packet, in seconds from the file's beginning. */
  readonly endSec: number;
  /** Seconds from packet to packet, rounded to a microsecond, with how often each occurs. Empty for a single packet. */
  readonly steps: ReadonlyMap<number, number>;
}

interface Counting {
  readonly tick: number;
  packets: number;
  endSec: number;
  lastTick: number | undefined;
  readonly steps: Map<number, number>;
}

/** A hostile file may make every step differ; beyond this many kinds they only count as uneven. */
const mostKindsOfSteps = 4096;

/** Feed it the text in any pieces. */
export class PacketTimes {
  readonly #streams = new Map<number, Counting>();
  #rest = '';

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  /** Undefined where the stream has no packet. */
  of(stream: number): StreamTimes | undefined {
    const counted = this.#streams.get(stream);
    return counted === undefined || counted.packets === 0 ? undefined : counted;
  }

  #line(line: string): void {
    const [, index, num, den] = /^#tb (\d+): (\d+)\/(\d+)$/.exec(line) ?? [];
    if (index !== undefined)
      this.#streams.set(Number(index), {
        ...{ tick: Number(num) / Number(den), packets: 0, endSec: 0, lastTick: undefined },
        steps: new Map(),
      });
    if (line.startsWith('#')) return;
    const [stream, dts, pts, duration] = line.split(',').map(Number);
    const counting = this.#streams.get(stream ?? -1);
    if (counting !== undefined && dts !== undefined && pts !== undefined) count(counting, dts, pts, duration ?? 0);
  }
}

/** Order of decoding is even where order of showing is, and needs no sorting. */
function count(counting: Counting, dts: number, pts: number, duration: number): void {
  const { tick, steps, lastTick } = counting;
  counting.packets += 1;
  if (Number.isFinite(dts)) {
    const step = Math.round((dts - (lastTick ?? NaN)) * tick * 1e6) / 1e6;
    if (step > 0 && (steps.has(step) || steps.size < mostKindsOfSteps)) steps.set(step, (steps.get(step) ?? 0) + 1);
    counting.lastTick = dts;
  }
  const shown = Number.isFinite(pts) ? pts : dts;
  const end = (shown + (duration > 0 ? duration : 0)) * tick;
  if (Number.isFinite(end)) counting.endSec = Math.max(counting.endSec, end);
}
