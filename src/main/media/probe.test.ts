import { describe, expect, it } from 'vitest';
import { parseProbe } from './probe';

describe('parseProbe', () => {
  it('reads an MP4', () => {
    const stderr = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:b.mp4':
  Metadata:
    comment         : Stream #0:0: Video: nonsense, 1x1
  Duration: 00:01:02.17, start: 0.000000, bitrate: 106 kb/s
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive), 1280x720 [SAR 1:1 DAR 16:9], 62 kb/s, 23.98 fps, 24 tbr, 12288 tbn (default)
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 128 kb/s (default)`;
    expect(parseProbe(stderr)).toEqual({
      codec: 'h264',
      pixelFormat: 'yuv420p',
      bits: 8,
      ...{ colourMatrix: 'bt709', primaries: 'bt709', transfer: 'bt709' },
      width: 1280,
      height: 720,
      durationSec: 62.17,
      fps: 23.98,
    });
  });

  it('reads a PNG and a WebM, which say less', () => {
    const png = `Input #0, png_pipe, from 'file:a.png':
  Duration: N/A, bitrate: N/A
  Stream #0:0: Video: png, rgb24(pc), 640x480, 25 fps, 25 tbr, 25 tbn`;
    expect(parseProbe(png)).toMatchObject({
      codec: 'png',
      pixelFormat: 'rgb24',
      colourMatrix: undefined,
      durationSec: undefined,
    });
    const webm = `  Stream #0:0(eng): Video: vp9 (Profile 0), yuv420p(tv, bt709/unknown/unknown), 320x180, SAR 1:1 DAR 16:9, 1k fps, 1k tbr, 1k tbn`;
    expect(parseProbe(webm)).toMatchObject({
      colourMatrix: 'bt709',
      primaries: undefined,
      transfer: undefined,
      width: 320,
      height: 180,
      fps: 1000,
    });
  });

  it('reads bits where the format can hold more than there are', () => {
    const dpx = '  Stream #0:0: Video: dpx, gray16le(10 bpc, pc), 64x48, 25 fps, 25 tbr, 25 tbn';
    expect(parseProbe(dpx)).toMatchObject({ pixelFormat: 'gray16le', bits: 10 });
  });

  it('finds nothing in sound, covers of sound and nonsense', () => {
    expect(parseProbe('  Stream #0:0: Audio: mp3, 44100 Hz, stereo')).toBeUndefined();
    expect(parseProbe('  Stream #0:0: Video: h264, none')).toBeUndefined();
    expect(parseProbe('')).toBeUndefined();
  });
});
