import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, type Json } from './canonical-json';

it('does not depend on the order in which members were set', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'é' }] })).toBe('{"a":[{"c":"é","d":null}],"b":1}');
  expect(canonicalJson({ a: [{ c: 'é', d: null }], b: 1 })).toBe(canonicalJson({ b: 1, a: [{ d: null, c: 'é' }] }));
});

it('leaves out undefined members, as JSON does', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

it('refuses numbers that JSON cannot hold', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/);
});

it('parses back to the same value, and a second pass changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
