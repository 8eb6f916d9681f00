import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesInFlight } from './compression';
import type { FrameFileShape } from './layout';
import { openFrameFile } from './reader';
import { createFrameFile, type FrameFileSummary } from './writer';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-frames-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (name: string) => path.join(folder, name);

/** Gradients with a little repeatable noise: neither constant nor incompressible. */
function picture({ frames, height, width }: FrameFileShape): Uint8Array {
  return Uint8Array.from({ length: frames * height * width * 3 }, (_, i) => (i >> 4) + ((i * 2654435761) >>> 30));
}

async function write(
  name: string,
  shape: FrameFileShape,
  rgb: Uint8Array,
  framesPerWrite = 3,
): Promise<FrameFileSummary> {
  const writer = await createFrameFile(file(name), shape);
  const bytes = shape.height * shape.width * 3 * framesPerWrite;
  for (let at = 0; at < rgb.length; at += bytes) await writer.write(rgb.subarray(at, at + bytes));
  return writer.finish();
}

async function readAll(name: string): Promise<Uint8Array> {
  const reader = await openFrameFile(file(name));
  try {
    await reader.verify();
    return await reader.read(0, reader.frames);
  } finally {
    await reader.close();
  }
}

describe('a frame file', () => {
  it('gives back every byte, for any size and content, however it was written', async () => {
    const clips = fc
      .record({
        frames: fc.integer({ min: 1, max: 11 }),
        height: fc.integer({ min: 1, max: 17 }),
        width: fc.integer({ min: 1, max: 23 }),
        fps: fc.constantFrom(3, 23.976, 24),
      })
      .chain((shape) => {
        const length = shape.frames * shape.height * shape.width * 3;
        return fc.record({
          shape: fc.constant(shape),
          rgb: fc.oneof(
            fc.uint8Array({ minLength: length, maxLength: length, size: 'max' }),
            fc.constant(picture(shape)),
            fc.constant(new Uint8Array(length).fill(200)),
          ),
          framesPerWrite: fc.integer({ min: 1, max: 12 }),
        });
      });
    await fc.assert(
      fc.asyncProperty(clips, async ({ shape, rgb, framesPerWrite }) => {
        const summary = await write('any', shape, rgb, framesPerWrite);
        const bytes = await readFile(file('any'));
        expect(summary.sizeBytes).toBe(bytes.length);
        expect(summary.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(summary.framesSha256).toBe(createHash('sha256').update(rgb).digest('hex'));
        const reader = await openFrameFile(file('any'));
        expect(reader).toMatchObject({ ...shape, framesSha256: summary.framesSha256 });
        await reader.close();
        expect(Buffer.compare(await readAll('any'), rgb)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('seeks: any run of frames equals that slice of the whole', async () => {
    const shape = { frames: 23, height: 6, width: 10, fps: 24 };
    const rgb = picture(shape);
    await write('seek', shape, rgb);
    const reader = await openFrameFile(file('seek'));
    for (const [from, to] of [
      [22, 23],
      [0, 1],
      [5, 19],
      [7, 7],
      [0, 23],
    ] as const)
      expect(Buffer.compare(await reader.read(from, to), rgb.subarray(from * 180, to * 180))).toBe(0);
    for (const [from, to] of [
      [-1, 1],
      [0, 24],
      [3, 2],
      [0.5, 1],
    ] as const)
      await expect(reader.read(from, to)).rejects.toMatchObject({ code: 'invalid-argument' });
    await reader.close();
  });

  it('lets the caller reuse its buffer once write has returned', async () => {
    const shape = { frames: framesInFlight * 3, height: 40, width: 64, fps: 24 };
    const rgb = picture(shape);
    const bytes = shape.height * shape.width * 3;
    const buffer = new Uint8Array(bytes);
    const writer = await createFrameFile(file('reuse'), shape);
    for (let at = 0; at < rgb.length; at += bytes) {
      buffer.set(rgb.subarray(at, at + bytes));
      await writer.write(buffer);
      buffer.fill(0);
    }
    await writer.finish();
    expect(Buffer.compare(await readAll('reuse'), rgb)).toBe(0);
  });

  it('is the same bytes for the same frames', async () => {
    const shape = { frames: 5, height: 24, width: 40, fps: 3 };
    const first = await write('same-1', shape, picture(shape), 1);
    const second = await write('same-2', shape, picture(shape), 5);
    expect(second).toEqual(first);
  });
});

describe('damage', () => {
  const shape = { frames: 3, height: 4, width: 5, fps: 3 };
  let whole: Buffer;
  beforeAll(async () => {
    await write('whole', shape, picture(shape));
    whole = await readFile(file('whole'));
  });

  async function expectCorrupt(bytes: Buffer, what: string): Promise<void> {
    await writeFile(file('damaged'), bytes);
    await expect(readAll('damaged'), what).rejects.toMatchObject({ code: 'artifact-corrupt' });
  }

  it('shows wherever the file is cut off, also at 0 bytes', async () => {
    for (let length = 0; length < whole.length; length += 1)
      await expectCorrupt(whole.subarray(0, length), `cut at ${length} of ${whole.length}`);
  });

  it('shows wherever a bit is flipped', async () => {
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      await expectCorrupt(damaged, `bit flipped in byte ${at} of ${whole.length}`);
    }
  });

  it('shows when bytes were inserted, appended or two files were joined', async () => {
    await expectCorrupt(Buffer.concat([whole, Buffer.from([0])]), 'appended');
    await expectCorrupt(Buffer.concat([whole.subarray(0, 40), Buffer.from([7]), whole.subarray(40)]), 'inserted');
    await expectCorrupt(Buffer.concat([whole, whole]), 'joined');
  });

  it('is what a foreign file and a directory are', async () => {
    await expectCorrupt(Buffer.from('\u0000\u0000\u0000\u0018ftypmp42'.repeat(20), 'latin1'), 'an mp4');
    await expect(openFrameFile(folder)).rejects.toMatchObject({ code: 'artifact-corrupt' });
  });

  it('cannot be mistaken for a missing file', async () => {
    await expect(openFrameFile(file('nowhere'))).rejects.toMatchObject({ code: 'artifact-missing' });
  });
});

describe('a writer', () => {
  const shape = { frames: 2, height: 4, width: 4, fps: 3 };

  it('refuses parts of frames, frames too many, and to finish early', async () => {
    const writer = await createFrameFile(file('strict'), shape);
    await expect(writer.write(new Uint8Array(47))).rejects.toMatchObject({ code: 'internal' });
    await writer.write(new Uint8Array(48));
    await expect(writer.finish()).rejects.toMatchObject({ code: 'internal' });
    await expect(writer.write(new Uint8Array(96))).rejects.toMatchObject({ code: 'internal' });
    await writer.abort();
    await expect(stat(file('strict'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves nothing that reads as a frame file before it has finished', async () => {
    const writer = await createFrameFile(file('early'), shape);
    await writer.write(picture(shape));
    await expect(openFrameFile(file('early'))).rejects.toMatchObject({ code: 'artifact-corrupt' });
    await writer.abort();
  });

  it('refuses impossible shapes', async () => {
    for (const wrong of [{ frames: 0 }, { height: 1.5 }, { width: 9000 }, { fps: 0 }, { fps: Infinity }])
      await expect(createFrameFile(file('wrong'), { ...shape, ...wrong })).rejects.toMatchObject({
        code: 'invalid-argument',
      });
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    await symlink('/dev/full', file('full'));
    await expect(createFrameFile(file('full'), shape)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(stat('/dev/full')).resolves.toBeDefined();
  });
});
