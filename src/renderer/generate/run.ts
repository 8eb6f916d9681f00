/** Asks main to make stages of takes. */
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { addTakes, nextTakeNumber } from '#shared/project/edits/takes';
import { newTakeId } from '#shared/project/ids';
import { showSource } from '#shared/project/edits/appearance';
import { inOneStep } from '#shared/project/change';
import type { Studio } from '../studio/studio';
import { newShotIds, randomSeed, shotAdded, type ShotWords } from './new-shot';

export interface Stretch {
  readonly upTo?: StageId;
  readonly from?: StageId;
}

/** Main must know the takes: it waits until every edit was answered. */
export async function run(studio: Studio, takes: readonly TakeId[], stretch: Stretch = {}): Promise<void> {
  try {
    await studio.document.settled();
    const { open } = studio.document.getState();
    await studio.channel().request('generate', { open, takes: [...takes], ...stretch });
  } catch (error) {
    studio.report(error);
  }
}

/** A new shot at the end of the timeline, selected and on its way. */
export async function runNewShot(studio: Studio, words: Omit<ShotWords, 'seed'>, upTo?: StageId): Promise<void> {
  const ids = newShotIds();
  if (!studio.document.edit((project) => shotAdded(project, { ...words, seed: randomSeed() }, ids))) return;
  const startFrame = studio.document.getState().project.clips.get(ids.clip)?.startFrame ?? 0;
  studio.timeline.setState({ selection: new Set([ids.clip]), playhead: startFrame, opened: ids.clip, rate: 0 });
  await run(studio, [ids.take], upTo === undefined ? {} : { upTo });
}

/** Another take of the shot of the selected clip, with another seed, shown in its place. */
export async function runNewTake(studio: Studio, takeId: TakeId, upTo?: StageId): Promise<void> {
  const id = newTakeId();
  const made = studio.document.edit((project) => {
    const take = project.takes.get(takeId);
    if (take === undefined) return inOneStep(project, 'add-takes', []);
    const seed = studio.timeline.getState().isSeedLocked ? take.seed : randomSeed();
    const next = { ...take, id, seed, number: nextTakeNumber(project, take.shotId), rating: 0, made: [] };
    const clip = [...studio.timeline.getState().selection]
      .flatMap((clipId) => project.clips.get(clipId) ?? [])
      .find(({ source }) => source.kind === 'shot' && source.takeId === takeId);
    const source = { kind: 'shot', shotId: take.shotId, takeId: id } as const;
    return inOneStep(project, 'add-takes', [
      (at) => addTakes(at, { takes: [next] }),
      ...(clip === undefined ? [] : [(at: typeof project) => showSource(at, { clipId: clip.id, source })]),
    ]);
  });
  if (made) await run(studio, [id], upTo === undefined ? {} : { upTo });
}
