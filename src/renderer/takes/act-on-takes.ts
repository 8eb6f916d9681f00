/** What is done to takes in the grid: rated, duplicated, removed with a way back, carried up the ladder. */
import { addTakes, nextTakeNumber, rateTakes, removeTakes } from '#shared/project/edits/takes';
import { showSource } from '#shared/project/edits/appearance';
import { inOneStep } from '#shared/project/change';
import { newTakeId, type TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { Take } from '#shared/project/project-shot';
import type { StageId } from '#shared/pack-manifest';
import { notify } from '../controls/notify';
import { randomSeed } from '../generate/new-shot';
import { run } from '../generate/run';
import { selectedClip, selectedShot } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { sayIn } from '../text/text';
import { likeIt } from './takes-model';

/** Those that a key means: marked ones while the grid is shown, else the take of the selected clip. */
export function takesMeant({ document, timeline, looking, work }: Studio): readonly TakeId[] {
  const { project } = document.getState();
  const selected = selectedShot(project, timeline.getState().selection, work.getState().packs);
  if (selected === undefined) return [];
  const { mode, marked } = looking.getState();
  const there = [...marked].filter((id) => project.takes.get(id)?.shotId === selected.shot.id);
  return mode === 'takes' && there.length > 0 ? there : [selected.take.id];
}

/** 0 takes the rating back. */
export function rate({ document }: Studio, takes: readonly TakeId[], rating: number): void {
  if (takes.length > 0) document.edit((project) => rateTakes(project, { takeIds: takes, rating }));
}

/** In the selected clip, which shows the same shot. */
export function showTake({ document, timeline }: Studio, take: Take): void {
  const clip = selectedClip(document.getState().project, timeline.getState().selection);
  if (clip?.source.kind !== 'shot' || clip.source.shotId !== take.shotId || clip.source.takeId === take.id) return;
  const { kind, shotId } = clip.source;
  document.edit((project) => showSource(project, { clipId: clip.id, source: { kind, shotId, takeId: take.id } }));
}

/** New takes like `take`, each with a seed of its own, made up to `upTo`. They are marked. */
export async function vary(studio: Studio, take: Take, count: number, upTo: StageId | undefined): Promise<void> {
  const fresh = Array.from({ length: count }, () => ({ id: newTakeId(), seed: randomSeed() }));
  const made = studio.document.edit((project) => {
    const first = nextTakeNumber(project, take.shotId);
    const takes = fresh.map(({ id, seed }, index) => likeIt(take, { id, seed, number: first + index }));
    return addTakes(project, { takes });
  });
  if (!made) return;
  const ids = fresh.map(({ id }) => id);
  studio.looking.setState({ marked: new Set(ids), leastRating: 0 });
  await run(studio, ids, upTo === undefined ? {} : { upTo });
}

/** A clip that shows one of them shows another take of its shot instead. */
export function remove(studio: Studio, takes: readonly TakeId[]): void {
  const { document, view, looking } = studio;
  const say = sayIn(view.getState().language);
  if (!document.edit((project) => takesRemoved(project, takes))) return;
  looking.setState({ marked: new Set() });
  const text = say(takes.length === 1 ? 'takes.removedOne' : 'takes.removed', { count: takes.length });
  const takeAway = notify(text, { label: say('takes.undo'), run: () => document.undo() });
  // After another edit, undo would take that one back.
  const stop = document.subscribe((now, before) => {
    if (now.unanswered <= before.unanswered) return;
    takeAway();
    stop();
  });
}

function takesRemoved(project: Project, takeIds: readonly TakeId[]) {
  const gone = new Set(takeIds);
  const showing = [...project.clips.values()].filter(({ source }) => source.kind === 'shot' && gone.has(source.takeId));
  return inOneStep(project, 'remove-takes', [
    ...showing.flatMap(({ id, source }) => {
      if (source.kind !== 'shot') return [];
      const other = [...project.takes.values()].find((take) => take.shotId === source.shotId && !gone.has(take.id));
      if (other === undefined) return [];
      const { kind, shotId } = source;
      return [(at: Project) => showSource(at, { clipId: id, source: { kind, shotId, takeId: other.id } })];
    }),
    (at) => removeTakes(at, { takeIds }),
  ]);
}
