/** Frame rates to choose from, by the names that people know them by. Pure. */
import type { FrameRate } from '#shared/project/time';

const whole = (num: number): FrameRate => ({ num, den: 1 });
const broadcast = (num: number): FrameRate => ({ num: num * 1000, den: 1001 });

/** Undefined: as the source is. */
export const frameRates: readonly (FrameRate | undefined)[] = [
  undefined,
  ...[whole(12), broadcast(24), whole(24), whole(25), broadcast(30), whole(30), whole(50), broadcast(60), whole(60)],
];

/** `23.976`; '' for none in particular. */
export function rateName(rate: FrameRate | undefined): string {
  return rate === undefined ? '' : String(Math.round((rate.num / rate.den) * 1000) / 1000);
}

export function rateOf(name: string): FrameRate | undefined {
  return frameRates.find((rate) => rateName(rate) === name);
}
