import { expect, it } from 'vitest';
import { CrashCount } from './crash-count';

it('loads a page that crashed again, but not for ever', () => {
  const crashes = new CrashCount();
  expect([0, 1000, 2000, 3000].map((ms) => crashes.mayReload(ms))).toEqual([true, true, true, false]);
  expect(crashes.mayReload(120_000)).toBe(true);
});
