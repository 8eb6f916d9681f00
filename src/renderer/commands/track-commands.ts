/** Commands of tracks. They work on the one that was chosen by its header, or the only one that the selected clips lie on. */
import { addTrack, moveTrack, removeTrack } from '#shared/project/edits/tracks';
import { newTrackId, type TrackId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import type { TrackKind } from '#shared/project/track';
import type { Studio } from '../studio/studio';
import { trackPixels } from '../timeline/model/rows';
import { chosen } from './chosen';
import type { TextKey } from '../text/english';
import type { Command } from './command';

/** Pixels that a track gets higher by. */
const heightStep = 20;

export function chosenTrack(studio: Studio): TrackId | undefined {
  const { track } = studio.timeline.getState();
  if (track !== undefined) return track;
  const tracks = new Set(chosen(studio).map(({ trackId }) => trackId));
  return tracks.size === 1 ? [...tracks][0] : undefined;
}

function onTrack(act: (studio: Studio, trackId: TrackId) => void) {
  return (studio: Studio): void => {
    const trackId = chosenTrack(studio);
    if (trackId !== undefined && studio.document.getState().project.tracks.has(trackId)) act(studio, trackId);
  };
}

/** `V3`, `A2`: as people count them. Video goes on top, sound below. */
const add =
  (kind: TrackKind, letter: string) =>
  (studio: Studio): void => {
    const id = newTrackId();
    const made = studio.document.edit((project) => {
      const count = [...project.tracks.values()].filter((track) => track.kind === kind).length;
      const track = { id, kind, name: `${letter}${count + 1}`, muted: false, locked: false };
      return addTrack(project, { track, at: kind === 'video' ? project.trackOrder.length : 0 });
    });
    if (made) studio.timeline.setState({ track: id });
  };

const move = (by: 1 | -1) =>
  onTrack(({ document }, trackId) => {
    const { trackOrder } = document.getState().project;
    const to = trackOrder.indexOf(trackId) + by;
    if (to >= 0 && to < trackOrder.length) document.edit((project) => moveTrack(project, { trackId, to }));
  });

/** From one track to the next, the topmost first where none is chosen. */
const choose =
  (by: 1 | -1) =>
  (studio: Studio): void => {
    const { trackOrder } = studio.document.getState().project;
    const at = trackOrder.findIndex((id) => id === chosenTrack(studio));
    const next = trackOrder[at === -1 ? trackOrder.length - 1 : at + by];
    if (next !== undefined) studio.timeline.setState({ track: next });
  };

const resize = (byPixels: number) =>
  onTrack(({ document, view }, trackId) => {
    const track = document.getState().project.tracks.get(trackId);
    const { trackHeights } = view.getState();
    if (track === undefined) return;
    const pixels = trackPixels(track, { ...trackHeights, [trackId]: trackPixels(track, trackHeights) + byPixels });
    view.getState().set({ trackHeights: { ...trackHeights, [trackId]: pixels } });
  });

const selectTrack = onTrack(({ document, timeline }, trackId) => {
  const clips = clipsOfTrack(document.getState().project, trackId);
  timeline.setState({ selection: new Set(clips.map(({ id }) => id)), gap: undefined });
});

type Row = readonly [name: TextKey, keys: readonly string[], run: Command['run']];
const rows: readonly Row[] = [
  ['command.addTrack', [], add('video', 'V')],
  ['command.addSoundTrack', [], add('audio', 'A')],
  ['command.trackAbove', ['Mod+ArrowUp'], choose(1)],
  ['command.trackBelow', ['Mod+ArrowDown'], choose(-1)],
  ['command.renameTrack', ['F2'], onTrack(({ timeline }, trackId) => timeline.setState({ renaming: trackId }))],
  ['command.trackUp', ['Mod+Shift+ArrowUp'], move(1)],
  ['command.trackDown', ['Mod+Shift+ArrowDown'], move(-1)],
  ['command.trackHigher', ['Alt+Shift+ArrowUp'], resize(heightStep)],
  ['command.trackLower', ['Alt+Shift+ArrowDown'], resize(-heightStep)],
  ['command.selectTrack', [], selectTrack],
  ['command.removeTrack', [], onTrack(({ document }, trackId) => document.edit((at) => removeTrack(at, { trackId })))],
];

export const trackCommands: readonly Command[] = rows.map(([name, keys, run]) => ({
  id: name.replace('command.', ''),
  name,
  group: 'edit',
  keys,
  run,
}));
