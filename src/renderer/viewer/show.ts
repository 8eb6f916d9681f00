/** Brings the viewer to show something. */
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { Clip } from '#shared/project/clip';
import { selectedShot } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { fewestSides, mostSides, type LookingMode, type Side } from './looking';

/** Another view of the selected shot; side by side begins with the two that most likely are to be compared. */
export function show(studio: Studio, mode: LookingMode): void {
  const { looking } = studio;
  const { sides } = looking.getState();
  looking.setState({ mode, ...(mode === 'compare' && sides.length < fewestSides && { sides: usualSides(studio) }) });
}

/** Takes beside one another, each at the highest stage that it has. */
export function compareTakes({ looking }: Studio, takes: readonly TakeId[]): void {
  const sides = takes.slice(0, mostSides).map((takeId): Side => ({ takeId, stage: undefined }));
  if (sides.length >= fewestSides) looking.setState({ mode: 'compare', sides });
}

/** One stage of a clip, from its beginning. */
export function playStage({ looking, timeline }: Studio, clip: Clip, stage: StageId): void {
  looking.setState({ mode: 'picture', stage, wiped: undefined });
  timeline.setState({ stage, playhead: clip.startFrame, rate: 1 });
}

/** The selected take with the one before it; where it is the only one, its first and its highest stage. */
function usualSides({ document, timeline, work }: Studio): readonly Side[] {
  const { project } = document.getState();
  const selected = selectedShot(project, timeline.getState().selection, work.getState().packs);
  if (selected === undefined) return [];
  const { take, shot, pack } = selected;
  const others = [...project.takes.values()].filter(({ shotId, id }) => shotId === shot.id && id !== take.id);
  const beside = others.findLast(({ number }) => number < take.number) ?? others[0];
  const current: Side = { takeId: take.id, stage: undefined };
  return beside === undefined
    ? [{ takeId: take.id, stage: pack?.manifest.stages[0]?.id }, current]
    : [{ takeId: beside.id, stage: undefined }, current];
}
