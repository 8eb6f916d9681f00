/** Which marker of the ruler a point meets. */
import type { Marker } from '#shared/project/marker';
import type { Project } from '#shared/project/project';
import { xOf, type Scale } from './scale';

/** Half of what a marker is wide on the ruler. */
export const markerHalf = 5;

/** Of several at one place the one that was added last, which lies on top. */
export function markerAt({ markers }: Pick<Project, 'markers'>, scale: Scale, x: number): Marker | undefined {
  return [...markers.values()].findLast(({ frame }) => Math.abs(xOf(scale, frame) - x) <= markerHalf + 1);
}
