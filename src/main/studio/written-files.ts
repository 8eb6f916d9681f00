/**
 * Files that are written in the background, one after the other: they go on whoever looks, and end with the program. Knows how each stands,
 * not what it holds.
 */
import { randomBytes } from 'node:crypto';
import { cancellation, isCancellation, SluiceError } from '#shared/errors';
import { exportIdSchema, type ExportFacts, type ExportId, type ExportState } from '#shared/studio/exports';
import { Watched } from './follow';
import { problemOf } from './problem';
import { Slots } from './slots';
import { worthTelling } from './worth-telling';

const mostRemembered = 200;
const mostAtOnce = 1;

export interface FileToWrite extends Pick<ExportFacts, 'file' | 'what'> {
  /** Writes it, or leaves nothing. @returns its size in bytes */
  readonly write: (signal: AbortSignal, onProgress: (progress: WritingProgress) => void) => Promise<number>;
  /** Called when it has ended, however it did. */
  readonly release: () => Promise<void>;
}

export type WritingProgress = Omit<Extract<ExportState, { kind: 'running' }>, 'kind' | 'remainingSec'>;

export class WrittenFiles {
  readonly list = new Watched<readonly ExportFacts[]>([]);
  private readonly running = new Map<
    ExportId,
    { readonly controller: AbortController; readonly ended: Promise<void> }
  >();
  private readonly slots = new Slots(mostAtOnce);

  get isBusy(): boolean {
    return this.running.size > 0;
  }

  begin(work: FileToWrite): ExportId {
    const { file, what } = work;
    const id = exportIdSchema.parse(`export-${randomBytes(8).toString('hex')}`);
    const controller = new AbortController();
    this.list.set(
      [{ id, file, what, state: { kind: 'waiting' as const } }, ...this.list.value].slice(0, mostRemembered),
    );
    const ended = this.run(id, work, controller.signal);
    this.running.set(id, { controller, ended });
    return id;
  }

  /** Stops it, or takes it off the list where it has ended. Throws `job-not-found`. */
  async cancel(id: ExportId): Promise<void> {
    const running = this.running.get(id);
    if (running === undefined) {
      this.factsOf(id);
      this.list.set(this.list.value.filter((one) => one.id !== id));
      return;
    }
    running.controller.abort(cancellation());
    await running.ended;
  }

  async close(): Promise<void> {
    for (const { controller } of this.running.values()) controller.abort(cancellation('Sluice is closing.'));
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  private factsOf(id: ExportId): ExportFacts {
    const facts = this.list.value.find((one) => one.id === id);
    if (facts !== undefined) return facts;
    throw new SluiceError(
      'job-not-found',
      `There is no export ${id}. It may have been taken off the list: look again.`,
      { details: { id } },
    );
  }

  private async run(id: ExportId, work: FileToWrite, signal: AbortSignal): Promise<void> {
    try {
      await this.inTurn(signal, async () => this.turn(id, await this.written(id, work, signal)));
    } catch (error) {
      this.turn(id, isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', problem: problemOf(error) });
    } finally {
      this.running.delete(id);
      await work.release().catch(() => undefined);
    }
  }

  /** Work that has begun clears up after itself before it ends; what still waits for its turn ends at once. */
  private inTurn(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const turn = this.slots.use(async () => {
      signal.throwIfAborted();
      hasBegun = true;
      await work();
    });
    const givenUp = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => hasBegun || reject(cancellation()), { once: true }),
    );
    return Promise.race([turn, givenUp]);
  }

  private async written(id: ExportId, { write }: FileToWrite, signal: AbortSignal): Promise<ExportState> {
    const begunMs = performance.now();
    const isWorthTelling = worthTelling();
    const sizeBytes = await write(signal, (progress) => {
      const { share } = progress;
      if (!isWorthTelling(share)) return;
      const remainingSec = (((performance.now() - begunMs) / 1000) * (1 - share)) / share;
      this.turn(id, { kind: 'running', ...progress, ...(share > 0 && { remainingSec }) });
    });
    return { kind: 'done', seconds: (performance.now() - begunMs) / 1000, sizeBytes };
  }

  private turn(id: ExportId, state: ExportState): void {
    this.list.set(this.list.value.map((one) => (one.id === id ? { ...one, state } : one)));
  }
}
