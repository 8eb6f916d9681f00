/** Where a window stood and where it stands again: kept in a file, and fitted to the screens that are there now. */
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../files/json-file';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the normal size, in pixels that do not depend on density; `x` and `y` absent: in the middle. */
const placeSchema = z.strictObject({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowPlace = z.infer<typeof placeSchema>;

export const leastSize = { width: 960, height: 600 };
const usualPlace: WindowPlace = { width: 1440, height: 900, isMaximized: false, isFullScreen: false };
/** As much of the title bar as a hand can catch. */
const graspable = { width: 120, height: 40 };

/** The usual place where none was kept, or none that can be read. */
export async function readPlace(file: string): Promise<WindowPlace> {
  const found = await readJsonFile(file, placeSchema).catch(() => undefined);
  return found?.kind === 'read' ? found.value : usualPlace;
}

/** Throws `disk-full`, `disk-read-only`. */
export async function writePlace(file: string, place: WindowPlace): Promise<void> {
  await writeJsonFile(file, place);
}

/** Pure: no larger than a screen, and on one, with its title bar where it can be caught. */
export function fitted(place: WindowPlace, screens: readonly Area[]): WindowPlace {
  const { x, y, ...rest } = place;
  const home = screens.find((screen) => x !== undefined && y !== undefined && isGraspable({ ...place, x, y }, screen));
  const room = home ?? screens[0];
  if (room === undefined) return rest;
  const width = Math.max(leastSize.width, Math.min(place.width, room.width));
  const height = Math.max(leastSize.height, Math.min(place.height, room.height));
  return { ...rest, width, height, ...(home !== undefined && { x, y }) };
}

function isGraspable({ x, y, width }: Area, screen: Area): boolean {
  const seen = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return seen >= graspable.width && y >= screen.y && y <= screen.y + screen.height - graspable.height;
}
