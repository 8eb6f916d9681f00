/**
 * Φ⁻¹, the quantile function of the standard normal distribution: Wichura, Algorithm AS 241, Applied Statistics 37 (1988),
 * routine PPND16, relative accuracy about 10⁻¹⁶; coefficients checked against the published ones.
 */

/** AS 241 changes its approximation this far from the median. */
const centralHalfWidth = 0.425;

/** Highest power first. */
const central = {
  numerator: [
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
    1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
  ],
  denominator: [
    5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
    687.1870074920579083, 42.313330701600911252, 1,
  ],
};
const tail = {
  numerator: [
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
  ],
  denominator: [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
  ],
};

/**
 * Φ⁻¹(p) for 2⁻²⁵ ≤ p ≤ ½, which is all that 24-bit uniform numbers and symmetry ask for. There √(−log p) stays below 4.2, and
 * the third approximation of AS 241, for more than 5, is not needed.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -centralHalfWidth) {
    const r = centralHalfWidth ** 2 - q * q;
    return (q * polynomial(central.numerator, r)) / polynomial(central.denominator, r);
  }
  const r = Math.sqrt(-Math.log(p)) - 1.6;
  return -polynomial(tail.numerator, r) / polynomial(tail.denominator, r);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
