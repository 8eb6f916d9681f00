import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fitted, readPlace, writePlace } from './window-place';

const screens = [
  { x: 0, y: 25, width: 1920, height: 1055 },
  { x: 1920, y: 0, width: 1280, height: 800 },
];
const normal = { width: 1440, height: 900, isMaximized: false, isFullScreen: false };

it('stands where it stood, on whichever screen that is', () => {
  const place = { ...normal, x: 100, y: 100 };
  expect(fitted(place, screens)).toEqual(place);
  expect(fitted({ ...normal, x: 2000, y: 10 }, screens)).toMatchObject({ x: 2000, y: 10, width: 1280, height: 800 });
});

it('goes to the middle of the first screen where its own is gone, or its title bar could not be caught', () => {
  for (const [x, y] of [
    [4000, 100],
    [-1400, 100],
    [100, -300],
    [100, 1070],
  ] as const)
    expect(fitted({ ...normal, x, y }, screens)).toEqual(normal);
  expect(fitted({ ...normal, width: 9000, height: 9000 }, screens)).toMatchObject({ width: 1920, height: 1055 });
});

it('is remembered, and forgotten where the file is damaged', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-place-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'window.json');
  expect(await readPlace(file)).toEqual(normal);
  await writePlace(file, { ...normal, x: 7, y: 8, isMaximized: true });
  expect(await readPlace(file)).toMatchObject({ x: 7, y: 8, isMaximized: true });
  await writeFile(file, '{"width":-1}');
  expect(await readPlace(file)).toEqual(normal);
});
