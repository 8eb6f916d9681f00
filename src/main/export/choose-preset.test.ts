import { expect, it } from 'vitest';
import { sampleBits } from '../media/sample-bits';
import { choosePreset } from './choose-preset';
import { exportPresets } from './presets';

it.each([
  [undefined, undefined, 'mp4-h264'],
  [undefined, 'a.MP4', 'mp4-h264'],
  [undefined, 'a.b/c.webm', 'webm-vp9'],
  [undefined, 'a.mov', 'prores-hq'],
  [undefined, 'frames', 'png-sequence'],
  ['mp4-av1', 'a.mp4', 'mp4-av1'],
  ['png-sequence', 'a.b', 'png-sequence'],
  ['gif', undefined, 'gif'],
])('preset %s and output %s mean %s', (id, output, expected) => {
  expect(choosePreset(id, output).id).toBe(expected);
});

it.each([
  ['webm-vp9', 'a.mp4', /writes \.webm/],
  ['h264', undefined, /mp4-h264, /],
  [undefined, 'a.avi', /\.mp4, \.webm/],
])('preset %s and output %s are refused', (id, output, message) => {
  expect(() => choosePreset(id, output)).toThrow(message);
});

it.each(exportPresets.filter(({ pixelFormat }) => sampleBits(pixelFormat) > 8))(
  'the title of $id says that what goes into its file has 8 bits',
  ({ title }) => expect(title).toContain('8 bits, in a 10-bit file'),
);
