/** How the text of an option becomes a value. Each throws `invalid-argument` saying what was expected and what came. */
import { SluiceError } from '#shared/errors';

export function text(given: string): string {
  if (given === '') throw unexpected('some text', given);
  return given;
}

export function oneOf<const T extends string>(...choices: readonly T[]): (given: string) => T {
  return (given) => {
    const chosen = choices.find((choice) => choice === given.toLowerCase());
    if (chosen === undefined) throw unexpected(`one of ${choices.join(', ')}`, given);
    return chosen;
  };
}

/** A whole number from `least` to `most`, decimal digits only: no fractions, exponents or signs but a minus. */
export function wholeNumber(least: number, most: number): (given: string) => number {
  return (given) => {
    const number = /^-?\d+$/.test(given) ? Number(given) : Number.NaN;
    if (!(number >= least && number <= most)) throw unexpected(`a whole number from ${least} to ${most}`, given);
    return number;
  };
}

export function decimal(least: number, most: number): (given: string) => number {
  return (given) => {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : Number.NaN;
    if (!(number >= least && number <= most)) throw unexpected(`a number from ${least} to ${most}`, given);
    return number;
  };
}

const byteUnits: Readonly<Record<string, number>> = {
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** Bytes, from text such as `2GB`, `1.5 GiB`, `512MB`. */
export function byteSize(given: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(given.trim());
  const unit = byteUnits[(parts?.[2] ?? '').toLowerCase()];
  const bytes = Math.round(Number(parts?.[1] ?? 0) * (unit ?? 0));
  if (bytes <= 0 || !Number.isSafeInteger(bytes)) throw unexpected('a size such as 2GB, 1.5GiB or 512MB', given);
  return bytes;
}

export function unexpected(expected: string, given: string): SluiceError {
  return new SluiceError('invalid-argument', `expected ${expected}, not "${given}"`);
}
