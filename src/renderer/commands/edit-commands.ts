/** Commands that change the project. Each ends in one edit. */
import { endFrame } from '#shared/project/clip';
import { setDissolve } from '#shared/project/edits/dissolve';
import { addMarker, setRange } from '#shared/project/edits/markers';
import { moveClips } from '#shared/project/edits/move-clips';
import { duplicateClips, pasteClips } from '#shared/project/edits/place-clips';
import { removeClips, rippleDelete } from '#shared/project/edits/remove-clips';
import { split } from '#shared/project/edits/split';
import { trim } from '#shared/project/edits/trim';
import { inOneStep } from '#shared/project/change';
import { newClipId, newMarkerId } from '#shared/project/ids';
import type { Project, Range } from '#shared/project/project';
import type { Studio } from '../studio/studio';
import { lengthFrames } from '../timeline/model/project-length';
import { nothingSelected, unlockedClips } from '../timeline/model/selection';
import { chosen, idsOf, onChosen } from './chosen';
import type { Command } from './command';
import { marked } from './marked';
import { closeGapInHand } from './timeline-commands';

/** Half a second at 24 fps. */
const dissolveFrames = 12;

function splitAtPlayhead(studio: Studio): void {
  const { playhead, selection } = studio.timeline.getState();
  studio.document.edit((project) => {
    const under = [...project.clips.values()].filter(
      (clip) =>
        clip.startFrame < playhead && endFrame(clip) > playhead && project.tracks.get(clip.trackId)?.locked !== true,
    );
    const wanted = under.some(({ id }) => selection.has(id)) ? under.filter(({ id }) => selection.has(id)) : under;
    const clips = wanted.map(({ id }) => ({ clipId: id, rightId: newClipId() }));
    return split(project, { atFrame: playhead, clips });
  });
}

function trimTo(edge: 'start' | 'end') {
  return onChosen((project, clips, { timeline }) => {
    const { playhead } = timeline.getState();
    const steps = clips.map(
      ({ id }) =>
        (at: Project) =>
          trim(at, { clipId: id, edge, toFrame: playhead }),
    );
    return inOneStep(project, 'trim', steps);
  });
}

/** Onto the chosen track where there is one, with several tracks as far apart as they were. */
function paste(studio: Studio): void {
  const { clipboard, playhead, track } = studio.timeline.getState();
  if (clipboard.length === 0) return;
  const ids = clipboard.map(() => newClipId());
  const made = studio.document.edit((project) => {
    const places = clipboard.map(({ trackId }) => project.trackOrder.indexOf(trackId));
    const byTracks = track === undefined ? 0 : project.trackOrder.indexOf(track) - Math.max(...places);
    return pasteClips(project, { clips: clipboard, ids, atFrame: playhead, byTracks, mode: 'insert' });
  });
  if (made) studio.timeline.setState({ selection: new Set(ids), gap: undefined });
}

/** The selected clips; where none is, the selected gap. */
function orGap(act: (studio: Studio) => void) {
  return (studio: Studio): void => (chosen(studio).length > 0 ? act(studio) : closeGapInHand(studio));
}

function mark(edge: keyof Range) {
  return ({ document, timeline }: Studio): void => {
    const { playhead } = timeline.getState();
    document.edit((project) =>
      setRange(project, { range: marked(project.range, edge, Math.floor(playhead), lengthFrames(project)) }),
    );
  };
}

const nudge = (byFrames: number) =>
  onChosen((project, clips) => moveClips(project, { clipIds: idsOf(clips), byFrames }));

export const editCommands: readonly Command[] = [
  { id: 'undo', name: 'command.undo', group: 'edit', keys: ['Mod+KeyZ'], run: ({ document }) => document.undo() },
  {
    id: 'redo',
    name: 'command.redo',
    group: 'edit',
    keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
    run: ({ document }) => document.redo(),
  },
  { id: 'split', name: 'command.split', group: 'edit', keys: ['KeyS', 'Mod+KeyB'], run: splitAtPlayhead },
  {
    id: 'delete',
    name: 'command.delete',
    group: 'edit',
    keys: ['Delete', 'Backspace'],
    run: orGap(onChosen((project, clips) => removeClips(project, { clipIds: idsOf(clips) }))),
  },
  {
    id: 'rippleDelete',
    name: 'command.rippleDelete',
    group: 'edit',
    keys: ['Shift+Delete', 'Shift+Backspace'],
    run: orGap(onChosen((project, clips) => rippleDelete(project, { clipIds: idsOf(clips) }))),
  },
  {
    id: 'duplicate',
    name: 'command.duplicate',
    group: 'edit',
    keys: ['Mod+KeyD'],
    run: onChosen((project, clips) =>
      duplicateClips(project, { clipIds: idsOf(clips), ids: clips.map(() => newClipId()) }),
    ),
  },
  {
    id: 'copy',
    name: 'command.copy',
    group: 'edit',
    keys: ['Mod+KeyC'],
    run: (studio) => studio.timeline.setState({ clipboard: chosen(studio) }),
  },
  {
    id: 'cut',
    name: 'command.cut',
    group: 'edit',
    keys: ['Mod+KeyX'],
    run: (studio) => {
      studio.timeline.setState({ clipboard: chosen(studio) });
      onChosen((project, clips) => removeClips(project, { clipIds: idsOf(clips) }))(studio);
    },
  },
  { id: 'paste', name: 'command.paste', group: 'edit', keys: ['Mod+KeyV'], run: paste },
  {
    id: 'selectAll',
    name: 'command.selectAll',
    group: 'edit',
    keys: ['Mod+KeyA'],
    run: ({ document, timeline }) =>
      timeline.setState({ selection: new Set(idsOf(unlockedClips(document.getState().project))) }),
  },
  {
    id: 'deselect',
    name: 'command.deselect',
    group: 'edit',
    keys: ['Escape'],
    run: ({ timeline }) => timeline.setState({ selection: nothingSelected, gap: undefined }),
  },
  { id: 'nudgeLeft', name: 'command.nudgeLeft', group: 'edit', keys: ['Alt+ArrowLeft'], run: nudge(-1) },
  { id: 'nudgeRight', name: 'command.nudgeRight', group: 'edit', keys: ['Alt+ArrowRight'], run: nudge(1) },
  { id: 'trimStart', name: 'command.trimStart', group: 'edit', keys: ['KeyQ'], run: trimTo('start') },
  { id: 'trimEnd', name: 'command.trimEnd', group: 'edit', keys: ['KeyW'], run: trimTo('end') },
  {
    id: 'dissolve',
    name: 'command.dissolve',
    group: 'edit',
    keys: ['Shift+KeyD'],
    run: onChosen((project, clips) =>
      inOneStep(
        project,
        'dissolve',
        clips.map(
          ({ id }) =>
            (at) =>
              setDissolve(at, { clipId: id, frames: dissolveFrames, by: 'ripple' }),
        ),
      ),
    ),
  },
  {
    id: 'addMarker',
    name: 'command.addMarker',
    group: 'edit',
    keys: ['KeyM'],
    run: ({ document, timeline }) => {
      const { playhead: frame } = timeline.getState();
      document.edit((project) =>
        addMarker(project, {
          marker: { id: newMarkerId(), frame, name: `M${project.markers.size + 1}`, colour: 'orange' },
        }),
      );
    },
  },
  { id: 'markIn', name: 'command.markIn', group: 'play', keys: ['KeyI'], run: mark('inFrame') },
  { id: 'markOut', name: 'command.markOut', group: 'play', keys: ['KeyO'], run: mark('outFrame') },
  {
    id: 'clearRange',
    name: 'command.clearRange',
    group: 'play',
    keys: ['Alt+KeyX'],
    run: ({ document }) => document.edit((project) => setRange(project, {})),
  },
];
