/** What the gestures of the timeline do, by key: the same edits, a frame or a step at a time. */
import { inOneStep, type Change } from '#shared/project/change';
import { endFrame, type Clip } from '#shared/project/clip';
import type { EditLabel } from '#shared/project/edit-labels';
import { setFade, setLevels } from '#shared/project/edits/appearance';
import { removeDissolves, setDissolve } from '#shared/project/edits/dissolve';
import { moveClips } from '#shared/project/edits/move-clips';
import { roll, slide, slip } from '#shared/project/edits/roll';
import { setSpeed } from '#shared/project/edits/speed';
import { rippleTrim } from '#shared/project/edits/trim';
import type { Project } from '#shared/project/project';
import { normalSpeed, type Speed } from '#shared/project/time';
import { idsOf, onChosen } from './chosen';
import type { TextKey } from '../text/english';
import type { Command } from './command';

/** Hundredths; and frames that a dissolve gets longer by. */
const levelStep = 5;
const dissolveStep = 2;
const manyFrames = 10;
/** Speeds are stepped by quarters of the normal one. */
const speedStep = 25;

/** Each selected clip by itself, as one step. */
function each(label: EditLabel, make: (project: Project, clip: Clip, playhead: number) => Change) {
  return onChosen((project, clips, { timeline }) => {
    const { playhead } = timeline.getState();
    const steps = clips.map(({ id }) => (at: Project) => {
      const clip = at.clips.get(id);
      return clip === undefined ? inOneStep(at, label, []) : make(at, clip, playhead);
    });
    return inOneStep(project, label, steps);
  });
}

const move = (byFrames: number, byTracks = 0) =>
  onChosen((project, clips) => moveClips(project, { clipIds: idsOf(clips), byFrames, byTracks }));

const slipBy = (bySourceFrames: number) => each('slip', (at, { id }) => slip(at, { clipId: id, bySourceFrames }));
const slideBy = (byFrames: number) => each('slide', (at, { id }) => slide(at, { clipId: id, byFrames }));
const rollBy = (byFrames: number) => each('roll', (at, { id }) => roll(at, { clipId: id, byFrames }));
const rippleBy = (byFrames: number) =>
  each('ripple-trim', (at, clip) =>
    rippleTrim(at, { clipId: clip.id, edge: 'end', toFrame: endFrame(clip) + byFrames }),
  );

const dissolveBy = (frames: number) =>
  each('dissolve', (at, { id, dissolveInFrames }) =>
    setDissolve(at, { clipId: id, frames: Math.max(0, dissolveInFrames + frames), by: 'ripple' }),
  );

/** On tracks of sound the volume, elsewhere the opacity. */
const levelBy = (hundredths: number) =>
  each('levels', (at, { id, trackId, opacity, volume }) => {
    const stepped = (share: number, most: number): number =>
      Math.min(most, Math.max(0, Math.round(share * 100 + hundredths) / 100));
    const isSound = at.tracks.get(trackId)?.kind === 'audio';
    return setLevels(at, {
      clipIds: [id],
      ...(isSound ? { volume: stepped(volume, 4) } : { opacity: stepped(opacity, 1) }),
    });
  });

const speedTo = (next: (speed: Speed) => Speed) =>
  each('speed', (at, { id, speed }) => setSpeed(at, { clipId: id, speed: next(speed), ripple: true }));

const speedBy = (percent: number) =>
  speedTo(({ num, den }) => ({ num: Math.max(speedStep, Math.round((100 * num) / den) + percent), den: 100 }));

/** From the start of each clip to the playhead, and from the playhead to its end. */
const fadeInHere = each('fade', (at, clip, playhead) =>
  setFade(at, { clipId: clip.id, fadeInFrames: Math.max(0, playhead - clip.startFrame) }),
);
const fadeOutHere = each('fade', (at, clip, playhead) =>
  setFade(at, { clipId: clip.id, fadeOutFrames: Math.max(0, endFrame(clip) - playhead) }),
);

type Row = readonly [name: TextKey, keys: readonly string[], run: Command['run']];
const rows: readonly Row[] = [
  ['command.nudgeFarLeft', ['Alt+Shift+ArrowLeft'], move(-manyFrames)],
  ['command.nudgeFarRight', ['Alt+Shift+ArrowRight'], move(manyFrames)],
  ['command.moveUp', ['Alt+ArrowUp'], move(0, 1)],
  ['command.moveDown', ['Alt+ArrowDown'], move(0, -1)],
  ['command.slipEarlier', ['Comma'], slipBy(-1)],
  ['command.slipLater', ['Period'], slipBy(1)],
  ['command.slideLeft', ['Shift+Comma'], slideBy(-1)],
  ['command.slideRight', ['Shift+Period'], slideBy(1)],
  ['command.rollLeft', ['BracketLeft'], rollBy(-1)],
  ['command.rollRight', ['BracketRight'], rollBy(1)],
  ['command.rippleShorter', ['Shift+BracketLeft'], rippleBy(-1)],
  ['command.rippleLonger', ['Shift+BracketRight'], rippleBy(1)],
  ['command.dissolveShorter', ['Alt+BracketLeft'], dissolveBy(-dissolveStep)],
  ['command.dissolveLonger', ['Alt+BracketRight'], dissolveBy(dissolveStep)],
  [
    'command.removeDissolve',
    [],
    onChosen((project, clips) => removeDissolves(project, { clipIds: dissolving(clips) })),
  ],
  ['command.fadeInHere', ['Shift+KeyQ'], fadeInHere],
  ['command.fadeOutHere', ['Shift+KeyW'], fadeOutHere],
  ['command.levelUp', ['Shift+ArrowUp'], levelBy(levelStep)],
  ['command.levelDown', ['Shift+ArrowDown'], levelBy(-levelStep)],
  ['command.faster', ['Alt+Equal'], speedBy(speedStep)],
  ['command.slower', ['Alt+Minus'], speedBy(-speedStep)],
  ['command.normalSpeed', [], speedTo(() => normalSpeed)],
];

export const gestureCommands: readonly Command[] = rows.map(([name, keys, run]) => ({
  id: name.replace('command.', ''),
  name,
  group: 'edit',
  keys,
  run,
}));

function dissolving(clips: readonly Clip[]) {
  return idsOf(clips.filter(({ dissolveInFrames }) => dissolveInFrames > 0));
}
