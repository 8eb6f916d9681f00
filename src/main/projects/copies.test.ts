import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyName, listCopies, superfluous } from './copies';
import { watched } from './faulty-files.test-fixtures';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 0, 31);

/** What remains of copies made every `everyMs` for `spanMs`, thinned after each. */
function kept(everyMs: number, spanMs: number): readonly number[] {
  let copies: readonly { name: string; at: Date }[] = [];
  for (let ms = 0; ms <= spanMs; ms += everyMs) {
    copies = [...copies, { name: String(ms), at: new Date(start + ms) }];
    const gone = new Set(superfluous(copies));
    copies = copies.filter((copy) => !gone.has(copy));
  }
  return copies.map(({ at }) => (start + spanMs - at.getTime()) / hourMs);
}

it('keeps the newest, about one an hour for a day, and one a day for a month', () => {
  const ages = kept(hourMs / 6, 60 * 24 * hourMs);
  expect(ages.filter((age) => age < 0.5).length).toBe(3);
  expect(ages.filter((age) => age <= 24).length).toBeLessThanOrEqual(3 + 25);
  expect(ages.filter((age) => age <= 24).length).toBeGreaterThanOrEqual(24);
  expect(ages.filter((age) => age > 24).length).toBeLessThanOrEqual(31);
  expect(ages.filter((age) => age > 24).length).toBeGreaterThanOrEqual(28);
  expect(Math.max(...ages)).toBeLessThanOrEqual(31 * 24);
});

it('never removes the three newest, whatever their dates', () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true }), { maxLength: 30 }), (dates) => {
      const copies = dates.map((at, index) => ({ name: String(index), at }));
      const newest = [...copies].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 3);
      for (const copy of superfluous(copies)) expect(newest).not.toContain(copy);
    }),
  );
});

it('reads the dates back from the names, newest first, and passes over other files', async () => {
  const dates = [new Date(start), new Date(start + 1), new Date(start - hourMs)];
  const files = {
    ...watched(() => undefined),
    readdir: () => Promise.resolve([...dates.map(copyName), 'notes.txt', '2026-01-01.json']),
  };
  expect((await listCopies(files, '')).map(({ at }) => at.getTime() - start)).toEqual([1, 0, -hourMs]);
});
