/**
 * What is being made of media, one film and one sound at a time: the rest waits. Goes on whoever looks, and ends with the program; what was
 * not finished begins anew when its project is opened next.
 */
import { cancellation, isCancellation } from '#shared/errors';
import type { Preparation } from '#shared/studio/media';
import type { Sha256 } from '#shared/units';
import type { PreparedMedia } from '../media/prepared-media';
import { Watched } from './follow';
import { problemOf } from './problem';
import { Slots } from './slots';

export type PlayedPart = 'film' | 'sound';
export type FillPart = (folder: string, onProgress: (share: number) => void, signal: AbortSignal) => Promise<void>;

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export class MediaPreparations {
  readonly states = new Watched<ReadonlyMap<string, Preparation>>(new Map());
  private readonly working = new Map<string, Work>();
  private readonly lanes = { film: new Slots(1), sound: new Slots(1) };

  constructor(private readonly prepared: PreparedMedia) {}

  stateOf(media: Sha256, part: PlayedPart): Preparation {
    return this.states.value.get(nameOf(media, part)) ?? { kind: 'absent' };
  }

  /** Makes the part, unless it is there or being made. `again`: also where that failed or was stopped before. */
  async want(media: Sha256, part: PlayedPart, fill: FillPart, again = false): Promise<void> {
    const name = nameOf(media, part);
    if (this.working.has(name) || (!again && this.states.value.has(name))) return;
    const controller = new AbortController();
    const ended = this.work(media, part, fill, controller.signal).finally(() => this.working.delete(name));
    this.working.set(name, { controller, ended });
    await Promise.resolve();
  }

  /** Waits until the part is there. Throws why it is not. */
  async whole(media: Sha256, part: PlayedPart, fill: FillPart, signal: AbortSignal): Promise<string> {
    const found = await this.prepared.find(media, part);
    if (found !== undefined) return found;
    await this.working.get(nameOf(media, part))?.ended;
    signal.throwIfAborted();
    return await this.prepared.make(media, part, (folder) => fill(folder, () => undefined, signal));
  }

  stop(media: Sha256, part: PlayedPart): void {
    this.working.get(nameOf(media, part))?.controller.abort(cancellation());
  }

  async close(): Promise<void> {
    for (const { controller } of this.working.values()) controller.abort(cancellation('Sluice is closing.'));
    await Promise.all([...this.working.values()].map(({ ended }) => ended));
  }

  private async work(media: Sha256, part: PlayedPart, fill: FillPart, signal: AbortSignal): Promise<void> {
    const turn = (state: Preparation): void => this.turn(nameOf(media, part), state);
    try {
      if ((await this.prepared.find(media, part)) === undefined) {
        turn({ kind: 'waiting' });
        await this.lanes[part].use(async () => {
          signal.throwIfAborted();
          turn({ kind: 'making', share: 0 });
          const onProgress = (share: number): void => turn({ kind: 'making', share: Math.min(1, share) });
          await this.prepared.make(media, part, (folder) => fill(folder, onProgress, signal));
        });
      }
      turn({ kind: 'ready' });
    } catch (error) {
      turn(isCancellation(error) ? { kind: 'absent' } : { kind: 'failed', problem: problemOf(error) });
    }
  }

  private turn(name: string, state: Preparation): void {
    this.states.set(new Map(this.states.value).set(name, state));
  }
}

function nameOf(media: Sha256, part: PlayedPart): string {
  return `${media}-${part}`;
}
