/** Paints the ruler: ticks with timecodes, the in-to-out range, markers, the playhead's head. */
import type { Project } from '#shared/project/project';
import { ticks, timecode } from '../model/ruler';
import { xOf, type Scale } from '../model/scale';
import type { Palette } from './palette';

export const rulerPixels = 26;

export function paintRuler(
  context: CanvasRenderingContext2D,
  width: number,
  project: Project,
  scale: Scale,
  playhead: number,
  palette: Palette,
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
    context.fillText(timecode(frame, project.frameRate), at + 4, 6);
  }
  for (const marker of project.markers.values()) triangle(context, xOf(scale, marker.frame), 14, 5, palette.textSoft);
  triangle(context, xOf(scale, playhead), 14, 6, palette.accent);
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
