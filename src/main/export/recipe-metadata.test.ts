import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recipe } from './export.test-support';
import { metadataText, parseMetadata } from './recipe-metadata';

it('gives back what was written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
      const shot = { ...recipe.shot, prompts: [{ fromSec: 0, prompt: text }] };
      const tags = parseMetadata(metadataText({ ...recipe, shot }));
      expect(JSON.parse(tags.get('comment') ?? '')).toEqual({ ...recipe, shot });
      expect([...tags.keys()]).toEqual(['title', 'comment']);
    }),
  );
});

it('reads what ffmpeg writes: upper-case names, comments, sections', () => {
  const text = ';FFMETADATA1\nmajor_brand=isom\nCOMMENT=a\\=b\\\nc\n# note=1\n[STREAM]\ncomment=other\n';
  expect(Object.fromEntries(parseMetadata(text))).toEqual({ major_brand: 'isom', comment: 'a=b\nc' });
});
