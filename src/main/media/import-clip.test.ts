import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { isCancellation } from '#shared/errors';
import { makeMedia, needFfmpeg, never, scratchFolder } from './ffmpeg.test-support';
import { importClip } from './import-clip';

const shape = { frames: 8, height: 24, width: 40, fps: 6 };

describe('importClip', () => {
  const ffmpegPath = needFfmpeg();
  const folder = scratchFolder();
  const outputPath = path.join(folder, 'clip.frames');
  const at = (name: string): string => path.join(folder, name);
  const take = (file: string, wanted = shape) => {
    rmSync(outputPath, { force: true });
    return importClip({ ffmpegPath, file, shape: wanted, outputPath, signal: never });
  };

  it('takes the frames of the wanted rate, at the wanted size', async () => {
    const file = await makeMedia('testsrc2=size=320x192:rate=24:duration=2', ['-crf', '10', '-f', 'mp4'], at('a.mp4'));
    await take(file);
    const clip = await openFrameFile(outputPath);
    expect(clip).toMatchObject(shape);
    const [first, second] = [await clip.read(0, 1), await clip.read(4, 5)];
    await clip.close();
    expect(first).not.toEqual(second);
  });

  it.each([
    ['tagged BT.709', 'bt709', ['-colorspace', 'bt709'], '640x360'],
    ['tagged BT.601', 'smpte170m', ['-colorspace', 'smpte170m'], '1280x720'],
    ['untagged and large', 'bt709', [], '1280x720'],
    ['untagged and small', 'smpte170m', [], '640x360'],
  ])('reads the colours of video that is %s', async (_, matrix, tags, size) => {
    const file = at('colour.mkv');
    const filter = `scale=out_color_matrix=${matrix}:out_range=tv:flags=accurate_rnd,format=yuv420p`;
    await makeMedia(
      `color=0xD02818:size=${size}:rate=6:duration=2`,
      ['-vf', filter, '-c:v', 'ffv1', ...tags, '-y', '-f', 'matroska'],
      file,
    );
    await take(file);
    const clip = await openFrameFile(outputPath);
    const [red = 0, green = 0, blue = 0] = (await clip.read(0, 1)).subarray(3 * 500);
    await clip.close();
    expect(Math.max(Math.abs(red - 0xd0), Math.abs(green - 0x28), Math.abs(blue - 0x18))).toBeLessThanOrEqual(2);
  });

  it('crops around the centre to the wanted aspect ratio, also where pixels are not square', async () => {
    const halves = 'color=red:size=80x48:rate=6:duration=2,drawbox=x=20:y=0:w=40:h=48:color=blue:t=fill';
    const file = await makeMedia(`${halves},setsar=2`, ['-c:v', 'ffv1', '-f', 'matroska'], at('wide.mkv'));
    await take(file);
    const clip = await openFrameFile(outputPath);
    const rgb = await clip.read(0, 1);
    await clip.close();
    const blueShare = rgb.filter((value, i) => i % 3 === 2 && value > 200).length / (shape.width * shape.height);
    expect(blueShare).toBe(1);
  });

  it('reads a picture as one frame, but not as a clip', async () => {
    const file = await makeMedia(
      'testsrc2=size=64x48',
      ['-frames:v', '1', '-f', 'image2', '-update', '1'],
      at('a.png'),
    );
    await take(file, { ...shape, frames: 1 });
    await expect(take(file)).rejects.toMatchObject({
      code: 'media-unsupported',
      details: { frames: 1, framesNeeded: 8 },
    });
  });

  it('holds the last frame of a clip that is a little short, and refuses one that is much too short', async () => {
    const little = await makeMedia(
      'testsrc2=size=64x48:rate=6:duration=1',
      ['-c:v', 'ffv1', '-f', 'matroska'],
      at('1s.mkv'),
    );
    await take(little);
    const clip = await openFrameFile(outputPath);
    expect(await clip.read(7, 8)).toEqual(await clip.read(5, 6));
    await clip.close();
    const much = await makeMedia(
      'testsrc2=size=64x48:rate=6:duration=0.5',
      ['-c:v', 'ffv1', '-f', 'matroska'],
      at('half.mkv'),
    );
    await expect(take(much)).rejects.toMatchObject({ code: 'media-unsupported', details: { frames: 3 } });
    expect(existsSync(outputPath)).toBe(false);
  });

  it('takes odd names literally, and opens no other file for them', async () => {
    const plain = await makeMedia(
      'testsrc2=size=64x48:rate=6:duration=2',
      ['-y', '-c:v', 'ffv1', '-f', 'matroska'],
      at('plain.mkv'),
    );
    const { framesSha256 } = await take(plain);
    const names = ['-y.mkv', 'a%03d.mkv', 'concat:a|b.mkv', 'http:x.mkv', `"quo'tes.mkv`, 'new\nline.mkv', 'fil:e.mkv'];
    for (const name of [...names, 'e\u0301.mkv', '\u00e9.mkv', 'CON.mkv', `${'n'.repeat(250)}.mkv`]) {
      writeFileSync(at(name), readFileSync(plain));
      expect(await take(at(name)), name).toMatchObject({ framesSha256 });
    }
  });

  it('refuses what is no media: nothing, text, a playlist, a script under false names', async () => {
    const cases = { 'empty.mp4': ['', 'media-unreadable'], 'text.mp4': ['hello', 'media-unsupported'] } as Record<
      string,
      [string, string]
    >;
    cases['list.mp4'] = ['#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'media-unsupported'];
    cases['concat.mp4'] = ["ffconcat version 1.0\nfile '/etc/passwd'\n", 'media-unsupported'];
    for (const [name, [content, code]] of Object.entries(cases)) {
      writeFileSync(at(name), content);
      await expect(take(at(name))).rejects.toMatchObject({ code });
    }
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [at('pipe.mp4')]);
      await expect(take(at('pipe.mp4'))).rejects.toMatchObject({ code: 'media-unreadable' });
    }
    await expect(take(folder)).rejects.toMatchObject({ code: 'media-unreadable' });
    await expect(take(at('none.mp4'))).rejects.toMatchObject({ code: 'media-unreadable' });
  });

  it('refuses a video that is cut short, and a playlist behind the first bytes of an MP4', async () => {
    const file = await makeMedia('testsrc2=size=320x192:rate=24:duration=4', ['-y', '-f', 'mp4'], at('cut.mp4'));
    truncateSync(file, 5000);
    await expect(take(file)).rejects.toMatchObject({ code: 'media-unreadable' });
    writeFileSync(at('fake.mp4'), '\x00\x00\x00\x10ftypisom\n#EXTM3U\n/etc/passwd\n');
    await expect(take(at('fake.mp4'))).rejects.toMatchObject({ code: 'media-unreadable' });
    expect(existsSync(outputPath)).toBe(false);
  });

  it('refuses a picture of 65535 × 65535 pixels without allocating it', async () => {
    writeFileSync(at('huge.png'), hugePng(65_535, 65_535));
    const before = process.memoryUsage().rss;
    await expect(take(at('huge.png'), { ...shape, frames: 1 })).rejects.toMatchObject({ code: 'media-unreadable' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2);
  });

  it('leaves nothing when it is cancelled', async () => {
    const file = await makeMedia('testsrc2=size=320x192:rate=24:duration=2', ['-y', '-f', 'mp4'], at('a.mp4'));
    const signal = AbortSignal.abort();
    rmSync(outputPath, { force: true });
    await expect(importClip({ ffmpegPath, file, shape, outputPath, signal })).rejects.toSatisfy(isCancellation);
    expect(existsSync(outputPath)).toBe(false);
  });
});

/** A PNG whose header announces a size that its data do not have (PNG specification, section 11.2.2). */
function hugePng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from([0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
