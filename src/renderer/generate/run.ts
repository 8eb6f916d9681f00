/** Asks main to make stages of takes. */
import { inOneStep } from '#shared/project/change';
import { showSource } from '#shared/project/edits/appearance';
import { addTakes, nextTakeNumber } from '#shared/project/edits/takes';
import { newTakeId, type TakeId } from '#shared/project/ids';
import type { StageId } from '#shared/pack-manifest';
import type { Reach } from '#shared/studio/cost';
import type { StaleTake } from '#shared/studio/stale-takes';
import type { Sha256 } from '#shared/units';
import type { Studio } from '../studio/studio';
import { show } from '../viewer/show';
import { movePreviews } from '../viewer/still-previews';
import { staleAmong, staleRuns } from './cost';
import { newShotIds, randomSeed, shotAdded, type ShotWords } from './new-shot';

/** As many takes as main takes in one request. */
const mostTakes = 64;

/** Main must know the takes: it waits until every edit was answered. In the viewer they move from their first preview on. */
export async function run(studio: Studio, takes: readonly TakeId[], { upTo, from }: Reach = {}): Promise<void> {
  movePreviews(studio, takes);
  try {
    await studio.document.settled();
    const { open } = studio.document.getState();
    const stretch = { ...(upTo !== undefined && { upTo }), ...(from !== undefined && { from }) };
    for (let at = 0; at < takes.length; at += mostTakes)
      await studio.channel().request('generate', { open, takes: takes.slice(at, at + mostTakes), ...stretch });
  } catch (error) {
    studio.report(error);
  }
}

/** Someone is about to describe a shot: its networks are loaded while the words are typed. What fails, fails again when they are needed, and is told then. */
export function prepare(studio: Studio, packHash: Sha256): void {
  studio
    .channel()
    .request('prepareGeneration', { packHash })
    .catch(() => undefined);
}

/** What is stale of `takes`, or of all that the project shows: asked for anew, as the last edit may have made more so. */
export async function runStale(studio: Studio, takes?: readonly TakeId[]): Promise<void> {
  try {
    const stale = await staleNow(studio);
    const wanted = takes === undefined ? stale : staleAmong(stale, takes);
    for (const { takes: together, upTo } of staleRuns(wanted)) await run(studio, together, { upTo });
  } catch (error) {
    studio.report(error);
  }
}

async function staleNow(studio: Studio): Promise<readonly StaleTake[]> {
  await studio.document.settled();
  const { open } = studio.document.getState();
  for await (const { takes } of studio.channel().stream('staleTakes', { open })) return takes;
  return [];
}

/** A new shot at the end of the timeline, with as many takes as seeds, selected and on its way. Several takes are shown as a grid. */
export async function runNewShot(studio: Studio, words: ShotWords, upTo?: StageId): Promise<void> {
  const ids = newShotIds(words.seeds.length);
  if (!studio.document.edit((project) => shotAdded(project, words, ids))) return;
  const startFrame = studio.document.getState().project.clips.get(ids.clip)?.startFrame ?? 0;
  studio.timeline.setState({ selection: new Set([ids.clip]), playhead: startFrame, opened: ids.clip, rate: 0 });
  show(studio, ids.takes.length > 1 ? 'takes' : 'picture');
  await run(studio, ids.takes, { upTo });
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
  if (made) await run(studio, [id], { upTo });
}
