import { expect, it } from 'vitest';
import { columnsOf, fit, padEnd, painter, printable } from './text';
import { bytes, flops, seconds } from './units';

it('counts columns: colours take none, wide characters two, accents none', () => {
  expect(columnsOf('abc')).toBe(3);
  expect(columnsOf('\x1B[1mabc\x1B[22m')).toBe(3);
  expect(columnsOf('気球')).toBe(4);
  expect(columnsOf('e\u0301é')).toBe(2);
  expect(columnsOf('🎈')).toBe(2);
});

it('cuts to the columns there are, and ends the colours of what it cut', () => {
  expect(fit('abcdef', 6)).toBe('abcdef');
  expect(fit('abcdef', 5)).toBe('abcd…');
  expect(fit('気球気球', 4)).toBe('気…');
  expect(fit('\x1B[1mabcdef\x1B[22m', 3)).toBe('\x1B[1mab…\x1B[0m');
  expect(fit('abc', 0)).toBe('');
  for (let columns = 1; columns < 12; columns++)
    expect(columnsOf(fit('\x1B[31ma気b球c🎈\x1B[39mdef', columns))).toBeLessThanOrEqual(columns);
});

it('shows control characters instead of obeying them', () => {
  expect(printable('a\x1B[2Jb\u202Ec\nd\u009Be')).toBe('a\\u{1b}[2Jb\\u{202e}c d\\u{9b}e');
});

it('paints only where colours are wanted', () => {
  expect(painter(true)('bold', 'x')).toBe('\x1B[1mx\x1B[22m');
  expect(painter(false)('bold', 'x')).toBe('x');
  expect(padEnd('気', 4)).toBe('気  ');
});

it('writes numbers for people', () => {
  expect([0, 0.44, 9.94, 9.96, 59.4, 59.6, 185, 7440].map(seconds)).toEqual([
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '3 min 5 s',
    '2 h 4 min',
  ]);
  expect([0, 820, 1500, 1e6, 12.4e9, 5e15].map(bytes)).toEqual([
    '0 B',
    '820 B',
    '1.5 kB',
    '1.0 MB',
    '12 GB',
    '5000 TB',
  ]);
  expect(flops(1.94e12)).toBe('1.9 TFLOP');
});
