/** Numbers for people. Pure. */

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function seconds(value: number): string {
  if (value < 9.95) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Powers of ten, as disks are sold and `--memory` counts: `820 B`, `1.5 MB`, `12 GB`. */
export function bytes(value: number): string {
  return scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']);
}

/** `3.2 GFLOP`, `1.9 TFLOP`. */
export function flops(value: number): string {
  return scaled(value, ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP', 'PFLOP']);
}

function scaled(value: number, units: readonly string[]): string {
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3 + 1e-12));
  const number = value / 1000 ** power;
  return `${number < 9.95 && power > 0 ? number.toFixed(1) : Math.round(number)} ${units[power] ?? ''}`;
}
