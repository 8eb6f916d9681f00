/**
 * Follows what is stale of all that a project shows, however many takes that are. Only takes of which something was made that would have
 * another address now can be: their ladders alone are looked up, which reads the disk.
 */
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { isCancellation } from '#shared/errors';
import type { TakeId } from '#shared/project/ids';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import { takesOfClips } from '#shared/project/takes-of-clips';
import { staleTake, type staleTakesEventSchema, type StaleTake } from '#shared/studio/stale-takes';
import type { Pack } from '../packs/pack';
import type { OpenProject } from '../projects/open-project';
import { Alarm } from './follow';
import { LadderWatch, type LadderSources } from './ladder-watch';
import type { PackShelf } from './pack-shelf';
import { keysNow } from './take-rungs';

/** A count in a corner: it may come later than the ladders that are looked at. */
const blinkMs = 250;

export async function* followStaleTakes(
  project: OpenProject,
  sources: LadderSources,
  signal: AbortSignal,
): AsyncGenerator<z.input<typeof staleTakesEventSchema>> {
  const ladders = new LadderWatch(project, sources);
  const outdated = new OutdatedTakes(sources.packs);
  const alarm = new Alarm(signal);
  const stop = ladders.listen(alarm, { withSteps: false });
  let sent: string | undefined;
  try {
    while (!signal.aborted) {
      const takes: StaleTake[] = [];
      for (const takeId of await outdated.among(project, signal)) {
        const stale = staleTake(takeId, await ladders.ladderOf(takeId));
        if (stale !== undefined) takes.push(stale);
      }
      const text = JSON.stringify(takes);
      if (text !== sent) {
        sent = text;
        yield { takes };
      }
      await alarm.rings();
      await wait(blinkMs, undefined, { signal }).catch(ignoreCancellation);
    }
  } finally {
    stop();
  }
}

/** Takes with a stage whose address is not the one that was noted when it was made. Remembers what did not change. */
class OutdatedTakes {
  private readonly known = new WeakMap<Take, { readonly shot: ProjectShot; readonly isOutdated: boolean }>();

  constructor(private readonly packs: PackShelf) {}

  async among({ project }: OpenProject, signal: AbortSignal): Promise<readonly TakeId[]> {
    const found: TakeId[] = [];
    for (const takeId of takesOfClips(project)) {
      if (signal.aborted) break;
      const take = project.takes.get(takeId);
      const shot = take && project.shots.get(take.shotId);
      if (take !== undefined && shot !== undefined && (await this.isOutdated(shot, take))) found.push(takeId);
    }
    return found;
  }

  private async isOutdated(shot: ProjectShot, take: Take): Promise<boolean> {
    if (take.made.length === 0) return false;
    const known = this.known.get(take);
    if (known?.shot === shot) return known.isOutdated;
    // Without its pack nothing of it can be renewed; it may be installed later.
    const pack = await this.packs.get(shot.packHash).catch(() => undefined);
    if (pack === undefined) return false;
    const isOutdated = differs(pack, shot, take);
    this.known.set(take, { shot, isOutdated });
    // Addresses are hashes: a thousand takes of them must not keep anyone else waiting.
    await nextTurn();
    return isOutdated;
  }
}

function differs(pack: Pack, shot: ProjectShot, take: Take): boolean {
  const made = new Map(take.made.map(({ stage, key }) => [stage, key]));
  try {
    return keysNow(pack, shot, take).some(({ stage, key }) => made.has(stage) && made.get(stage) !== key);
  } catch {
    // A shot that cannot be planned cannot be renewed; its ladder says why.
    return false;
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
