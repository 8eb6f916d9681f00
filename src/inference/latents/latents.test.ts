import fc from 'fast-check';
import { readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clip, LatentStore } from '#engine/denoiser';
import { MemoryLatentStore } from '#engine/memory-latent-store.test-port';
import { sha256Schema } from '#shared/units';
import { temporaryDirectory } from '../test-pack.test-support';
import { Checkpoint, type PlaneShape } from './checkpoint';
import { FileLatents } from './file-latents';
import { MemoryLatents } from './memory-latents';

const shape: PlaneShape = { frames: 5, channels: 3, height: 2, width: 4 };
const [oneRun, otherRun] = ['1', '2'].map((digit) => sha256Schema.parse(digit.repeat(64)));

type ClosableStore = LatentStore & { close(): Promise<void> };
const stores: [string, (checkpoint: Checkpoint) => Promise<ClosableStore>][] = [
  ['in memory', (checkpoint) => MemoryLatents.open(checkpoint, 0)],
  ['in files', (checkpoint) => FileLatents.open(checkpoint)],
];

function clip(frames: number, value = 0): Clip {
  const { channels, height, width } = shape;
  const data = new Float32Array(frames * channels * height * width).map((_, i) => value + i / 1000);
  return { frames, channels, height, width, data };
}

async function planeOf(store: LatentStore, plane: 'current' | 'next' | 'predictor' = 'current'): Promise<Float32Array> {
  const whole = clip(shape.frames);
  await store.read(plane, 0, whole);
  return whole.data;
}

/** Takes steps 1 to `steps`, the latents of step n beginning with n. */
async function take(store: LatentStore, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step += 1) {
    await store.write('next', 2, { ...clip(3, step), data: clip(5, step).data.subarray(48) });
    await store.write('next', 0, { ...clip(2, step), data: clip(5, step).data.subarray(0, 48) });
    await store.advance(step);
  }
}

/** The same, and waits until the last step is on the disk. */
async function leave(store: ClosableStore, steps: number): Promise<void> {
  await take(store, steps);
  await store.close();
}

describe.each(stores)('latents %s', (_, open) => {
  /** Closed after the test: until then an open store is as one whose process was killed. */
  const at = async (directory: string, run = oneRun!, of = shape) => {
    const store = await open(new Checkpoint(directory, run, of));
    onTestFinished(() => store.close());
    return store;
  };

  test('behave as the engine’s own store, whatever is read and written in whichever order', async () => {
    const operation = fc.oneof(
      fc.record({
        kind: fc.constantFrom('write' as const),
        plane: fc.constantFrom('next' as const, 'predictor' as const),
        from: fc.nat(4),
        frames: fc.integer({ min: 1, max: 5 }),
        value: fc.integer({ min: -9, max: 9 }),
      }),
      fc.record({ kind: fc.constantFrom('advance' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async (operations) => {
        const store = await at(await temporaryDirectory());
        const model = new MemoryLatentStore(shape.frames);
        for (const each of [store, model]) {
          await each.write('next', 0, clip(5, 1));
          await each.write('predictor', 0, clip(5, 2));
          await each.advance(1);
          await each.write('next', 0, clip(5, 3));
        }
        let steps = 1;
        for (const action of operations) {
          if (action.kind === 'advance') steps += 1;
          for (const each of [store, model]) {
            if (action.kind === 'advance') await each.advance(steps);
            else
              await each.write(action.plane, action.from, clip(Math.min(action.frames, 5 - action.from), action.value));
          }
        }
        for (const plane of ['current', 'next', 'predictor'] as const)
          expect(await planeOf(store, plane)).toEqual(await planeOf(model, plane));
        expect(store.stepsTaken).toBe(steps);
      }),
      { numRuns: 25 },
    );
  });

  test('a store that was left in the middle of a step resumes with the last whole one', async () => {
    const directory = await temporaryDirectory();
    for (const steps of [1, 2, 5]) {
      const killed = await at(directory);
      await take(killed, steps);
      await killed.write('next', 0, clip(3, 99));
      await killed.close();
      const resumed = await at(directory);
      expect(resumed.stepsTaken).toBe(steps);
      expect(await planeOf(resumed)).toEqual(clip(5, steps).data);
      await resumed.write('next', 0, clip(5, steps + 1));
      await resumed.advance(steps + 1);
      await resumed.close();
      expect(await planeOf(await at(directory))).toEqual(clip(5, steps + 1).data);
      await rm(directory, { recursive: true });
    }
  });

  test('while a step is being made durable, the one before is', async () => {
    const directory = await temporaryDirectory();
    await leave(await at(directory), 3);
    const killed = await at(directory);
    await killed.write('next', 0, clip(5, 4));
    await killed.advance(4);
    expect([3, 4]).toContain((await at(directory)).stepsTaken);
  });

  test('the step before is overwritten only when the one after it is durable', async () => {
    const directory = await temporaryDirectory();
    await leave(await at(directory), 3);
    const killed = await at(directory);
    await killed.write('next', 0, clip(5, 4));
    await killed.advance(4);
    await killed.write('next', 0, clip(5, 5));
    expect([3, 4]).toContain((await at(directory)).stepsTaken);
  });

  test.each<[string, (directory: string) => Promise<void>]>([
    [
      'a changed byte in its plane',
      (directory) => spoil(directory, (bytes) => bytes.writeUInt8(bytes.readUInt8(77) ^ 1, 77)),
    ],
    ['a plane that is too short', (directory) => truncate(path.join(directory, currentPlane), 100)],
    ['no plane', (directory) => rm(path.join(directory, currentPlane))],
    ['half a state', (directory) => truncate(path.join(directory, 'checkpoint.json'), 40)],
    ['an empty state', (directory) => writeFile(path.join(directory, 'checkpoint.json'), '')],
    [
      'a state of something else',
      (directory) => writeFile(path.join(directory, 'checkpoint.json'), '{"schemaVersion":2}'),
    ],
  ])('a checkpoint with %s is none: the run begins afresh', async (_what, damage) => {
    const directory = await temporaryDirectory();
    await leave(await at(directory), 3);
    await damage(directory);
    const fresh = await at(directory);
    expect(fresh.stepsTaken).toBe(0);
    await leave(fresh, 2);
    expect((await at(directory)).stepsTaken).toBe(2);
  });

  test('a checkpoint of another run or another shape is left alone', async () => {
    const directory = await temporaryDirectory();
    await leave(await at(directory), 3);
    expect((await at(directory, otherRun)).stepsTaken).toBe(0);
    expect((await at(directory, oneRun, { ...shape, height: 4, width: 2 })).stepsTaken).toBe(0);
    expect((await at(directory)).stepsTaken).toBe(3);
  });

  test('reading what was never written is a fault', async () => {
    const store = await at(await temporaryDirectory());
    await expect(store.read('current', 0, clip(1))).rejects.toMatchObject({ code: 'internal' });
  });

  test.runIf(process.platform === 'linux')('a full disk is said to be full', async () => {
    const directory = await temporaryDirectory();
    for (const slot of [0, 1]) await symlink('/dev/full', path.join(directory, `latents-${slot}.f32`));
    await expect(at(directory).then((store) => take(store, 2))).rejects.toMatchObject({ code: 'disk-full' });
  });
});

test('steps that follow one another quickly are not all made durable', async () => {
  const directory = await temporaryDirectory();
  await leave(await MemoryLatents.open(new Checkpoint(directory, oneRun!, shape), 60_000), 4);
  const resumed = await MemoryLatents.open(new Checkpoint(directory, oneRun!, shape), 60_000);
  expect(resumed.stepsTaken).toBe(1);
  expect(await planeOf(resumed)).toEqual(clip(5, 1).data);
});

/** The plane of step 3, with which the checkpoints above end. */
const currentPlane = 'latents-0.f32';

async function spoil(directory: string, change: (bytes: Buffer) => void): Promise<void> {
  const file = path.join(directory, currentPlane);
  const bytes = await readFile(file);
  change(bytes);
  await writeFile(file, bytes);
}
