/** Commands of the timeline: choosing clips and gaps, markers, and what of the whole is in sight. */
import { endFrame, type Clip } from '#shared/project/clip';
import { closeGap } from '#shared/project/edits/remove-clips';
import type { Studio } from '../studio/studio';
import type { Tool } from '../timeline/gestures/choose';
import { gapAt, type TrackGap } from '../timeline/model/gap';
import { rulerUnits } from '../timeline/model/ruler';
import { revealing, showing } from '../timeline/model/scale';
import { unlockedClips } from '../timeline/model/selection';
import { chosen } from './chosen';
import type { TextKey } from '../text/english';
import type { Command } from './command';
import { gestureCommands } from './gesture-commands';
import { chosenTrack, trackCommands } from './track-commands';

function select({ timeline }: Studio, clips: readonly Clip[]): void {
  timeline.setState({ selection: new Set(clips.map(({ id }) => id)), gap: undefined });
}

function selectUnder(studio: Studio): void {
  const { project } = studio.document.getState();
  const { playhead } = studio.timeline.getState();
  const isUnder = (clip: Clip): boolean => clip.startFrame <= playhead && endFrame(clip) > playhead;
  select(studio, unlockedClips(project).filter(isUnder));
}

/** All that begins at the playhead or later, on the chosen track or on every one; on none that is locked. */
function selectForward(studio: Studio): void {
  const { project } = studio.document.getState();
  const { playhead, track } = studio.timeline.getState();
  const isForward = (clip: Clip): boolean =>
    clip.startFrame >= playhead && (track === undefined || clip.trackId === track);
  select(studio, unlockedClips(project).filter(isForward));
}

/** The selected gap, or the one under the playhead on the chosen track. */
function gapInHand(studio: Studio): TrackGap | undefined {
  const { gap, playhead, selection } = studio.timeline.getState();
  if (gap !== undefined && selection.size === 0) return gap;
  const trackId = chosenTrack(studio);
  return trackId && gapAt(studio.document.getState().project, trackId, playhead);
}

export function closeGapInHand(studio: Studio): void {
  const gap = gapInHand(studio);
  if (gap === undefined) return;
  studio.document.edit((project) => closeGap(project, { trackId: gap.trackId, atFrame: gap.fromFrame }));
}

function zoomSelection(studio: Studio): void {
  const clips = chosen(studio);
  const gap = clips.length === 0 ? gapInHand(studio) : undefined;
  const from = Math.min(...clips.map(({ startFrame }) => startFrame), gap?.fromFrame ?? Infinity);
  const to = Math.max(...clips.map(endFrame), gap?.toFrame ?? 0);
  if (to > from) studio.timeline.setState(({ width }) => ({ scale: showing(from, to, width) }));
}

const toMarker =
  (direction: 1 | -1) =>
  (studio: Studio): void => {
    const { playhead } = studio.timeline.getState();
    const frames = [...studio.document.getState().project.markers.values()]
      .map(({ frame }) => frame)
      .filter((frame) => (frame - playhead) * direction > 0);
    if (frames.length === 0) return;
    const frame = direction === 1 ? Math.min(...frames) : Math.max(...frames);
    studio.timeline.setState(({ scale, width }) => ({
      playhead: frame,
      rate: 0,
      scale: revealing(scale, frame, width),
    }));
  };

function nextRulerUnit({ view }: Studio): void {
  const { rulerUnit } = view.getState();
  const next = rulerUnits[(rulerUnits.indexOf(rulerUnit) + 1) % rulerUnits.length];
  if (next !== undefined) view.getState().set({ rulerUnit: next });
}

const take =
  (tool: Tool) =>
  ({ timeline }: Studio): void =>
    timeline.setState({ tool });

type Row = readonly [name: TextKey, group: Command['group'], keys: readonly string[], run: Command['run']];
const rows: readonly Row[] = [
  ['command.selectUnder', 'edit', ['KeyD'], selectUnder],
  ['command.selectForward', 'edit', ['Shift+KeyA'], selectForward],
  ['command.closeGap', 'edit', ['Shift+KeyC'], closeGapInHand],
  ['command.previousMarker', 'play', ['Mod+ArrowLeft'], toMarker(-1)],
  ['command.nextMarker', 'play', ['Mod+ArrowRight'], toMarker(1)],
  [
    'command.markers',
    'view',
    ['Shift+KeyM'],
    ({ timeline }) => timeline.setState((now) => ({ isListingMarkers: !now.isListingMarkers })),
  ],
  ['command.zoomSelection', 'view', ['KeyZ'], zoomSelection],
  [
    'command.follow',
    'view',
    ['Shift+KeyN'],
    ({ view }) => view.getState().set({ followsPlayhead: !view.getState().followsPlayhead }),
  ],
  ['command.rulerUnit', 'view', [], nextRulerUnit],
  ['command.toolSlide', 'view', ['KeyU'], take('slide')],
  ['command.toolStretch', 'view', ['KeyX'], take('stretch')],
];

export const timelineCommands: readonly Command[] = [
  ...rows.map(([name, group, keys, run]): Command => ({ id: name.replace('command.', ''), name, group, keys, run })),
  ...gestureCommands,
  ...trackCommands,
];
