/**
 * Open graphs, and how many stay loaded within the memory setting. Graphs are handed to the runtime as bytes that were hashed in
 * this process, so it opens no file of the pack.
 */
import { graphBytes, processBytes } from '#engine/process-memory';
import type { Provider } from '#shared/inference-contract';
import { mebibyte } from '#shared/units';
import { packFile, readPackFile, type PackOnDisk } from './pack-file';
import { openDirectly } from './runtime/direct';
import type { Graph, OpenGraph } from './runtime/graph';

/** Idle graphs that hold no more than this are small, as the text encoder and a base are: the next prompt needs those at once. */
export const smallGraphBytes = 64 * mebibyte;
/** Small graphs stay beside others while all of them take no more than this share of the memory setting. */
const smallGraphsShare = 1 / 16;
/** ORT's arena keeps what it once took; without it a run takes 8 % longer and half the memory, which small budgets need. */
const arenaFromBytes = 1024 * mebibyte;

export interface SessionRequest {
  readonly pack: PackOnDisk;
  /** Path of the graph in the pack. */
  readonly graph: string;
  readonly provider: Provider;
  /** Threads inside an operator. */
  readonly threads: number;
  /** Limit for the whole process. */
  readonly memoryBytes: number;
  /** What a run of this graph would like to have beside its weights. */
  readonly workingBytes: number;
}

export interface LoadedGraph {
  /** Stays the pool's, until the next `acquire`. */
  readonly session: Graph;
  /** What the memory setting leaves for the run: negative by what is lacking where the graph alone does not fit. */
  readonly workingBytes: number;
}

interface Kept {
  readonly session: Graph;
  /** Estimate of what it holds while idle. */
  readonly heldBytes: number;
}

/**
 * Keeps as many sessions as the memory setting allows and lets the least recently used go, large ones first: the next prompt
 * needs the small ones. One caller at a time.
 */
export class SessionPool {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly open: OpenGraph = openDirectly) {}

  /** Throws `pack-invalid`, `pack-unsupported`, `provider-unavailable`, `out-of-memory`. */
  async acquire(request: SessionRequest): Promise<LoadedGraph> {
    const { sha256, sizeBytes } = packFile(request.pack, request.graph);
    const arena = request.memoryBytes >= arenaFromBytes;
    const key = [sha256, request.provider, request.threads, arena].join(' ');
    const known = this.#kept.get(key)?.session;
    const weightBytes = graphBytes(sizeBytes);
    const free = request.memoryBytes - processBytes - weightBytes;
    await this.#makeRoom(free - request.workingBytes, key, smallGraphBytes);
    await this.#makeRoom(Math.max(free - request.workingBytes, request.memoryBytes * smallGraphsShare), key);
    this.#kept.delete(key);
    const workingBytes = free - this.#heldBytes();
    const session = known ?? (await this.#load(request, arena));
    const heldBytes = weightBytes + (arena ? Math.max(0, Math.min(workingBytes, request.workingBytes)) : 0);
    this.#kept.set(key, { session, heldBytes });
    return { session, workingBytes };
  }

  /** Gives the memory of all sessions back, or only of those that hold more than `overBytes`. */
  async release(overBytes = -1): Promise<void> {
    for (const [key, { session, heldBytes }] of this.#kept) {
      if (heldBytes <= overBytes) continue;
      this.#kept.delete(key);
      await session.release();
    }
  }

  /** Releases others than `sparing`, of those that hold more than `overBytes`, until all hold no more than `mostBytes`. */
  async #makeRoom(mostBytes: number, sparing: string, overBytes = -1): Promise<void> {
    for (const [key, { session, heldBytes }] of this.#kept) {
      if (this.#heldBytes(sparing) <= mostBytes) return;
      if (key === sparing || heldBytes <= overBytes) continue;
      this.#kept.delete(key);
      await session.release();
    }
  }

  #heldBytes(except?: string): number {
    let sum = 0;
    for (const [key, { heldBytes }] of this.#kept) if (key !== except) sum += heldBytes;
    return sum;
  }

  async #load({ pack, graph, provider, threads }: SessionRequest, arena: boolean): Promise<Graph> {
    return this.open({ bytes: await readPackFile(pack, graph), name: graph, provider, threads, arena });
  }
}
