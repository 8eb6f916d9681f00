/** Paints the overview: every track as a line of what lies on it, the markers, the playhead, and the window that is in sight. */
import { endFrame } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import type { CanvasSize } from '../../viewer/use-canvas';
import { windowOf, type Overview } from '../model/overview';
import type { Scale } from '../model/scale';
import type { Palette } from './palette';

export interface OverviewScene {
  readonly project: Project;
  readonly overview: Overview;
  readonly scale: Scale;
  readonly playhead: number;
  readonly palette: Palette;
}

export function paintOverview(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  { project, overview, scale, playhead, palette }: OverviewScene,
): void {
  const pixelsPerFrame = size.width / overview.frames;
  const tracks = project.trackOrder.toReversed();
  const lane = Math.max(1, Math.min(4, (size.height - 6) / Math.max(1, tracks.length)));
  context.fillStyle = palette.clipLine;
  for (const [index, trackId] of tracks.entries())
    for (const [from, to] of coveredOnce(project, trackId, pixelsPerFrame))
      context.fillRect(from, 3 + index * lane, Math.max(1, to - from), Math.max(1, lane - 1));
  for (const { frame, colour } of project.markers.values()) {
    context.fillStyle = palette.markers[colour];
    context.fillRect(Math.round(frame * pixelsPerFrame), 0, 1, size.height);
  }
  const { left, right } = windowOf(overview, scale);
  context.fillStyle = palette.accent;
  context.fillRect(Math.round(playhead * pixelsPerFrame), 0, 1, size.height);
  context.globalAlpha = 0.14;
  context.fillRect(left, 0, right - left, size.height);
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(Math.round(left) + 0.5, 0.5, Math.round(right - left) - 1, size.height - 1);
  for (const at of [left + 3, right - 5]) context.fillRect(Math.round(at), size.height / 2 - 4, 2, 8);
}

type Stretches = ReturnType<typeof covered>;
const known = new WeakMap<
  Project['clips'],
  { readonly pixelsPerFrame: number; readonly tracks: Map<string, Stretches> }
>();

/** Scrolling paints the strip sixty times a second, and changes neither the clips nor what a pixel stands for. */
function coveredOnce(project: Project, trackId: Project['trackOrder'][number], pixelsPerFrame: number): Stretches {
  const last = known.get(project.clips);
  const kept =
    last?.pixelsPerFrame === pixelsPerFrame ? last : { pixelsPerFrame, tracks: new Map<string, Stretches>() };
  known.set(project.clips, kept);
  const stretches = kept.tracks.get(trackId) ?? covered(project, trackId, pixelsPerFrame);
  kept.tracks.set(trackId, stretches);
  return stretches;
}

/** What clips of a track cover, in pixels; neighbours that cannot be told apart are one stretch. */
function covered(
  project: Project,
  trackId: Project['trackOrder'][number],
  pixelsPerFrame: number,
): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  for (const clip of clipsOfTrack(project, trackId)) {
    const from = clip.startFrame * pixelsPerFrame;
    const to = endFrame(clip) * pixelsPerFrame;
    const last = stretches.at(-1);
    if (last !== undefined && from - last[1] < 1) last[1] = Math.max(last[1], to);
    else stretches.push([from, to]);
  }
  return stretches;
}
