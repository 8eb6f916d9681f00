import { describe, expect, test } from 'vitest';
import { emptyTimeline, takeOneId } from '#shared/project/project.test-fixtures';
import type { ExportPresetFacts } from '#shared/studio/exports';
import { openIdSchema } from '#shared/studio/projects';
import { exportChoiceSchema, fileNameFrom, requestOf, wantedSize, withEnding } from './choice';

const mp4: ExportPresetFacts = {
  ...{
    id: 'mp4-h264',
    title: 'MP4',
    target: 'file',
    extension: 'mp4',
    isUsable: true,
    hasQuality: true,
    hasSound: true,
  },
  ...{ multipleOf: 2, smallestSide: 2 },
};
const pictures: ExportPresetFacts = { ...mp4, id: 'png-sequence', target: 'folder', extension: '', multipleOf: 1 };
const usual = exportChoiceSchema.parse({});
const source = { width: 1280, height: 768 };

describe('size', () => {
  test('fits into HD without stretching, on even pixels', () => {
    expect(wantedSize({ ...usual, sizing: 'hd' }, source, mp4)).toEqual({ width: 1800, height: 1080 });
    expect(wantedSize({ ...usual, sizing: 'hd' }, { width: 333, height: 1000 }, mp4)).toEqual({
      width: 360,
      height: 1080,
    });
    expect(wantedSize(usual, source, mp4)).toBeUndefined();
  });

  test('rounds what is typed to what the format takes', () => {
    const odd = { ...usual, sizing: 'custom' as const, width: 101, height: 1 };
    expect(wantedSize(odd, source, mp4)).toEqual({ width: 102, height: 2 });
    expect(wantedSize(odd, source, pictures)).toEqual({ width: 101, height: 1 });
  });
});

describe('what is asked of main', () => {
  const range = { inFrame: 3, outFrame: 9 };
  const open = openIdSchema.parse('open-0123456789abcdef');
  const context = {
    open,
    project: { ...emptyTimeline(), range },
    selected: { takeId: takeOneId },
    source,
    preset: mp4,
  };

  test('the whole edit does not mind the in and out points; a part of it is between them', () => {
    expect(requestOf(usual, { kind: 'edit' }, context)).not.toHaveProperty('range');
    expect(requestOf(usual, { kind: 'range' }, context)).toMatchObject({ source: { kind: 'edit', open }, range });
  });

  test('a take needs one that is selected', () => {
    expect(requestOf(usual, { kind: 'take' }, context)).toMatchObject({ source: { kind: 'take', takeId: takeOneId } });
    expect(requestOf(usual, { kind: 'take' }, { ...context, selected: undefined })).toBeUndefined();
  });
});

describe('names', () => {
  test('keep every script, and lose what some system forbids', () => {
    expect(fileNameFrom('저녁: a/b \\ "c"?')).toBe('저녁 a b c');
    expect(fileNameFrom('..')).toBe('Export');
  });

  test('get the ending of the format, once', () => {
    const presets = [mp4, { ...mp4, id: 'gif', extension: 'gif' }, pictures];
    expect(withEnding('Harbour', mp4, presets)).toBe('Harbour.mp4');
    expect(withEnding('Harbour.GIF', mp4, presets)).toBe('Harbour.mp4');
    expect(withEnding('v1.2', pictures, presets)).toBe('v1.2');
  });
});

test('what cannot be read of the last choice falls back alone', () => {
  const read = exportChoiceSchema.parse({ preset: 7, sizing: 'hd', frameRate: { num: 0, den: 1 } });
  expect(read).toMatchObject({ preset: 'mp4-h264', sizing: 'hd', frameRate: undefined });
});
