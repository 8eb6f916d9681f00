/** Text can be read on whatever it stands on, in both themes (WCAG 2.2, 1.4.3), with a margin for what rounding and smoothing take. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const least = 4.6;
const grounds = ['ground', 'panel', 'raised', 'hover', 'well', 'stage-ground', 'accent-ground'];

/** The colours of a theme, by name, as hexadecimal digits. */
function coloursOf(theme: 'dark' | 'light'): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(`:root[data-theme='${theme}']`)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([a-z-]+): #([0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]));
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['dark', 'light'] as const)('%s', (theme) => {
  const colours = coloursOf(theme);
  const pairs = [
    ...['text', 'text-soft', 'text-faint'].flatMap((text) => grounds.map((ground) => [text, ground])),
    ...['accent', 'warn', 'fail', 'done'].flatMap((text) => ['ground', 'panel', 'raised'].map((on) => [text, on])),
    ['on-accent', 'accent'],
  ];
  test.each(pairs)('%s on %s', (text = '', ground = '') => {
    expect(contrast(colours.get(text) ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(least);
  });
  test('what is fainter has less contrast', () => {
    const steps = ['text', 'text-soft', 'text-faint'].map((text) =>
      contrast(colours.get(text)!, colours.get('panel')!),
    );
    expect(steps[0]! / steps[1]!).toBeGreaterThan(1.15);
    expect(steps[1]! / steps[2]!).toBeGreaterThan(1.15);
  });
});
