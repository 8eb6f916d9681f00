import { describe, expect, it } from 'vitest';
import { ffmpegCapabilities, parseEncoders, parseFilters, parseVersion } from './ffmpeg-capabilities';
import { needFfmpeg, never } from './ffmpeg.test-support';

it('reads the version and the list of encoders', () => {
  expect(parseVersion('ffmpeg version n7.1-dev Copyright (c) 2000-2026\nbuilt with gcc')).toBe('n7.1-dev');
  const list =
    'Encoders:\n V..... = Video\n ------\n V....D libx264              libx264 H.264\n A..... aac                  AAC\n';
  expect([...parseEncoders(list)]).toEqual(['libx264', 'aac']);
});

it('reads the list of filters', () => {
  const list =
    'Filters:\n  T.. = Timeline support\n  | = Source or sink filter\n .S. tonemap           V->V       Conversion\n ... nullsrc           |->V       Null\n';
  expect([...parseFilters(list)]).toEqual(['tonemap', 'nullsrc']);
});

describe('the ffmpeg of this machine', () => {
  const ffmpegPath = needFfmpeg();
  it('says what it is', async () => {
    const { version, encoders, filters } = await ffmpegCapabilities(ffmpegPath, never);
    expect(version).toMatch(/\d/);
    expect(encoders).toContain('png');
    expect(filters).toContain('scale');
  });
});
