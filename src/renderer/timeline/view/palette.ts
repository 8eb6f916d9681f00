/** The tokens that the timeline's canvases paint with. */
import type { Marker } from '#shared/project/marker';

export interface Palette {
  readonly ground: string;
  readonly well: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textSoft: string;
  readonly textFaint: string;
  readonly accent: string;
  readonly clip: string;
  readonly clipLine: string;
  readonly accentGround: string;
  readonly shade: string;
  readonly warn: string;
  readonly fail: string;
  readonly font: string;
  readonly markers: Readonly<Record<Marker['colour'], string>>;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('panel'),
    well: token('ground'),
    line: token('line'),
    lineStrong: token('line-strong'),
    text: token('text'),
    textSoft: token('text-soft'),
    textFaint: token('text-faint'),
    accent: token('accent'),
    clip: token('clip'),
    clipLine: token('clip-line'),
    accentGround: token('accent-ground'),
    shade: token('clip-shade'),
    warn: token('warn'),
    fail: token('fail'),
    font: token('font'),
    markers: {
      grey: token('marker-grey'),
      red: token('marker-red'),
      orange: token('marker-orange'),
      yellow: token('marker-yellow'),
      green: token('marker-green'),
      blue: token('marker-blue'),
      violet: token('marker-violet'),
    },
  };
}
