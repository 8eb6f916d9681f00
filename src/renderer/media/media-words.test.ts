import { expect, test } from 'vitest';
import { mediaSchema } from '#shared/project/media';
import { film, hashOf, still } from '#shared/project/project.test-fixtures';
import { mediaStandingSchema } from '#shared/studio/media';
import { sayIn } from '../text/text';
import { factsText, lengthText, standingWords, usedText } from './media-words';

const say = sayIn('en');
const song = (frames: number) =>
  mediaSchema.parse({
    ...{ id: 'media-song', kind: 'audio', name: 'Song', sha256: hashOf('d'), pathHint: '' },
    ...{ frames, frameRate: { num: 44_100, den: 1 } },
  });
const standing = (file: unknown, parts = {}) => mediaStandingSchema.parse({ mediaId: 'media-a', file, ...parts });
const here = { kind: 'here', path: '/a' };

test('measures are said as people say them', () => {
  expect(factsText(film, say)).toBe('1280×720 · 29.97 fps');
  expect(factsText(mediaSchema.parse({ ...film, dynamicRange: 'pq' }), say)).toBe('1280×720 · 29.97 fps · HDR (PQ)');
  expect(factsText(mediaSchema.parse({ ...film, dynamicRange: 'hlg', bits: 10 }), say)).toBe(
    '1280×720 · 29.97 fps · HDR (HLG) · 10 bits, 8 kept',
  );
  expect(factsText(mediaSchema.parse({ ...still, bits: 16 }), say)).toBe('800×600 · 16 bits, 8 kept');
  expect(factsText(still, say)).toBe('800×600');
  expect(factsText(song(44_100 * 3), say)).toBe('44.1 kHz');
  expect(usedText(film, 2, say)).toBe('0:10 · Used 2×');
  expect(usedText(still, 0, say)).toBe('Not used yet');
  expect(usedText(song(44_100 * 3), 0, say)).toBe('0:03.0 · Not used yet');
  const long = song(44_100 * 3725);
  expect(long.kind === 'audio' && lengthText(long)).toBe('1:02:05');
});

test.each([
  [undefined, undefined, undefined],
  [here, {}, undefined],
  [here, { film: { kind: 'ready' }, sound: { kind: 'ready' } }, undefined],
  [here, { film: { kind: 'ready' }, isFlat: true }, say('media.state.flat')],
  [here, { film: { kind: 'waiting' }, sound: { kind: 'making', share: 0.129 } }, 'Preparing sound: 12 %'],
  [here, { film: { kind: 'making', share: 1 }, sound: { kind: 'ready' } }, 'Preparing pictures: 100 %'],
  [here, { film: { kind: 'absent' } }, 'Not prepared: it cannot play'],
  [
    here,
    { film: { kind: 'failed', problem: { code: 'disk-full', message: 'No room.' } } },
    'Cannot be prepared: No room.',
  ],
  [{ kind: 'missing', why: 'gone', lookedAt: '/b' }, {}, 'Missing: it was at /b. Find it again.'],
  [{ kind: 'missing', why: 'gone', lookedAt: '' }, {}, 'Missing: nobody knows where it was. Find it again.'],
  [{ kind: 'checking', share: 0.5 }, {}, 'Looking for its file: 50 %'],
])('%j %j: %s', (file, parts, text) => {
  expect(standingWords(file && standing(file, parts), say)?.text).toBe(text);
});
