import { expect, it } from 'vitest';
import { exportCommand } from '../commands/export';
import { parseRange } from './parse-range';

it.each([
  ['0-24', 0, 24],
  ['7-8', 7, 8],
])('%s is the frames from %i up to %i', (text, inFrame, outFrame) => {
  expect(parseRange(text)).toEqual({ inFrame, outFrame });
});

it.each(['-3-5', '1.5-3', '1-3.5', '3--5', '-5--3', '3-3', '5-3', '3', '3-', '-3', '1e1-20', ' 1-3', '', 'a-b'])(
  'refuses %j',
  (text) => {
    const refused = expect.objectContaining({ code: 'invalid-argument' }) as Error;
    expect(() => parseRange(text)).toThrow(refused);
    expect(() => exportCommand.parse(['clip.mp4', '--range', text])).toThrow(refused);
    expect(() => exportCommand.parse(['clip.mp4', `--range=${text}`])).toThrow(refused);
  },
);
