/** Paints the ruler: ticks with moments, the in-to-out range, markers in their colours, the playhead's head. */
import type { Project } from '#shared/project/project';
import { markerHalf } from '../model/marker-at';
import { momentText, ticks, type RulerUnit } from '../model/ruler';
import { xOf, type Scale } from '../model/scale';
import type { Palette } from './palette';

const rulerPixels = 26;

export interface RulerScene {
  readonly project: Project;
  readonly scale: Scale;
  readonly playhead: number;
  readonly unit: RulerUnit;
  readonly palette: Palette;
}

export function paintRuler(
  context: CanvasRenderingContext2D,
  width: number,
  { project, scale, playhead, unit, palette }: RulerScene,
): void {
  if (project.range !== undefined) {
    const from = xOf(scale, project.range.inFrame);
    context.fillStyle = palette.lineStrong;
    context.fillRect(from, rulerPixels - 4, xOf(scale, project.range.outFrame) - from, 3);
  }
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'top';
  for (const { frame, x, isMajor } of ticks(scale, width, project.frameRate)) {
    const at = Math.round(x) + 0.5;
    context.fillStyle = isMajor ? palette.lineStrong : palette.line;
    context.fillRect(at - 0.5, isMajor ? 12 : 20, 1, rulerPixels);
    if (!isMajor) continue;
    context.fillStyle = palette.textFaint;
    context.fillText(momentText(frame, project.frameRate, unit), at + 4, 6);
  }
  for (const { frame, colour } of project.markers.values()) flag(context, xOf(scale, frame), palette.markers[colour]);
  triangle(context, xOf(scale, playhead), 14, 6, palette.accent);
}

/** A marker: a small shield that stands on its moment. */
function flag(context: CanvasRenderingContext2D, x: number, colour: string): void {
  const at = Math.round(x) + 0.5;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(at - markerHalf, 12);
  context.lineTo(at + markerHalf, 12);
  context.lineTo(at + markerHalf, 20);
  context.lineTo(at, rulerPixels);
  context.lineTo(at - markerHalf, 20);
  context.fill();
}

/** Points down at `x`. */
function triangle(context: CanvasRenderingContext2D, x: number, top: number, half: number, colour: string): void {
  const at = Math.round(x) + 0.5;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(at - half, top);
  context.lineTo(at + half, top);
  context.lineTo(at, rulerPixels);
  context.fill();
}
