/**
 * The exact quantile of |x| over a clip of any length, seen a piece at a time and twice: radix selection on the bits of
 * float32, whose order as unsigned integers is the order of the magnitudes. The first sight counts the upper 16 of the 31
 * bits; the second the lower 15, among the values that share the upper bits of the rank sought. Exact up to 2³² values (a
 * sum in float32 ends at 2²⁴), in memory that does not grow.
 *
 * Linear interpolation between the two nearest ranks, numpy.quantile's default (Hyndman & Fan 1996, definition 7).
 */
import { SluiceError } from '#shared/errors';

const lowBits = 15;
const lowMask = 2 ** lowBits - 1;
const magnitudeMask = 0x7fff_ffff;

/** First sight: how many values have which upper bits. */
export class MagnitudeHistogram {
  readonly #counts = new Uint32Array(2 ** (31 - lowBits));
  #total = 0;

  count(values: Float32Array): void {
    const bits = bitsOf(values);
    for (let i = 0; i < bits.length; i++) increment(this.#counts, ((bits[i] ?? 0) & magnitudeMask) >>> lowBits);
    this.#total += values.length;
  }

  /** The search for the quantile at `percentile`, in (0, 1], of everything counted; at least one value. */
  search(percentile: number): QuantileSearch {
    const position = percentile * (this.#total - 1);
    const rank = Math.floor(position);
    const below = bucketOf(this.#counts, rank);
    const above = bucketOf(this.#counts, Math.min(rank + 1, this.#total - 1));
    return new QuantileSearch(below, above, position - rank);
  }
}

/** Second sight, of the same values: the lower bits of the two neighbours of the quantile. */
export class QuantileSearch {
  readonly #belowCounts = new Uint32Array(lowMask + 1);
  readonly #aboveCounts: Uint32Array;

  constructor(
    private readonly below: Bucket,
    private readonly above: Bucket,
    private readonly share: number,
  ) {
    this.#aboveCounts = above.index === below.index ? this.#belowCounts : new Uint32Array(lowMask + 1);
  }

  count(values: Float32Array): void {
    const bits = bitsOf(values);
    for (let i = 0; i < bits.length; i++) {
      const magnitude = (bits[i] ?? 0) & magnitudeMask;
      const index = magnitude >>> lowBits;
      if (index === this.below.index) increment(this.#belowCounts, magnitude & lowMask);
      else if (index === this.above.index) increment(this.#aboveCounts, magnitude & lowMask);
    }
  }

  value(): number {
    const below = valueIn(this.#belowCounts, this.below);
    const above = valueIn(this.#aboveCounts, this.above);
    return below + this.share * (above - below);
  }
}

/** Values that share their upper bits `index`, and which of them, by size, is sought. */
interface Bucket {
  readonly index: number;
  readonly rank: number;
}

/** Where the value of rank `rank` lies, from the smallest on. */
function bucketOf(counts: Uint32Array, rank: number): Bucket {
  let index = 0;
  for (let left = rank; ; index++) {
    const count = counts[index];
    if (count === undefined) throw new SluiceError('internal', `Rank ${rank} is beyond the values that were counted.`);
    if (left < count) return { index, rank: left };
    left -= count;
  }
}

function valueIn(counts: Uint32Array, bucket: Bucket): number {
  const bits = new Uint32Array([(bucket.index << lowBits) | bucketOf(counts, bucket.rank).index]);
  return new Float32Array(bits.buffer)[0] ?? NaN;
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
