import { expect, test } from 'vitest';
import { dayText, lengthText } from './shown-facts';

test('a day is said as people say it, in their language', () => {
  const now = new Date('2026-11-22T09:00:00');
  expect(dayText('2026-11-22T00:30:00', 'en', now)).toBe('today');
  expect(dayText('2026-11-21T23:30:00', 'en', now)).toBe('yesterday');
  expect(dayText('2026-11-19T12:00:00', 'ko', now)).toBe('3일 전');
  expect(dayText('2026-03-01T12:00:00', 'en', now)).toBe('Mar 1, 2026');
  expect(dayText('nonsense', 'en', now)).toBe('');
});

test('a length has no more digits than can be used', () => {
  expect([0, 5.333, 59.9, 65, 3725].map(lengthText)).toEqual(['0 s', '5.3 s', '59.9 s', '1:05', '1:02:05']);
});
