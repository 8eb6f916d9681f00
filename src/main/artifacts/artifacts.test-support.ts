/** An artifact store in a home of its own for each test, and small artifacts to put into it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createFrameFile } from '#frames/writer';
import { stageIdSchema } from '#shared/pack-manifest';
import { sha256Schema, type Sha256 } from '#shared/units';
import { openSharedHome, type SharedHome } from '../files/shared-home';
import { openArtifactStore, type ArtifactNotice, type ArtifactStore } from './artifact-store';
import type { ArtifactOrigin } from './metadata';

export const shape = { frames: 4, height: 6, width: 10, fps: 3 };
export const never: AbortSignal = new AbortController().signal;
const keyOf = (digit: string): Sha256 => sha256Schema.parse(digit.repeat(64));
export const [keyA, keyB, keyC] = [keyOf('a'), keyOf('b'), keyOf('c')];
export const origin: ArtifactOrigin = {
  kind: 'stage',
  pack: { name: 'test', hash: keyOf('0') },
  stage: stageIdSchema.parse('base'),
  prompts: ['a red boat'],
  seed: 1,
  provider: 'cpu',
  seconds: 2,
};

export const picture = (seed: number): Uint8Array =>
  Uint8Array.from({ length: 4 * 6 * 10 * 3 }, (_, i) => (i * seed) >> 3);

export async function writeFrames(file: string, seed: number): Promise<void> {
  const writer = await createFrameFile(file, shape);
  await writer.write(picture(seed));
  await writer.finish();
}

export class ArtifactPlace {
  folder = '';
  notices: ArtifactNotice[] = [];
  #home: SharedHome | undefined;
  #store: ArtifactStore | undefined;

  get home(): SharedHome {
    if (this.#home === undefined) throw new Error('there is a home only inside of a test');
    return this.#home;
  }

  get store(): ArtifactStore {
    if (this.#store === undefined) throw new Error('there is a store only inside of a test');
    return this.#store;
  }

  set store(store: ArtifactStore) {
    this.#store = store;
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(path.join(tmpdir(), 'sluice-artifacts-'));
    this.#home = await openSharedHome(this.folder);
    this.#store = await this.openStore();
  }

  async close(): Promise<void> {
    await this.home.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Anew, as another process does. */
  async openStore(): Promise<ArtifactStore> {
    this.notices = [];
    return openArtifactStore(this.home.artifacts, this.home.locks, (notice) => this.notices.push(notice));
  }

  async make(key: Sha256, seed = 1): Promise<void> {
    const temporary = this.store.temporaryPath(key);
    await writeFrames(temporary, seed);
    await this.store.commit(key, temporary, origin);
  }

  async framesOf(key: Sha256): Promise<Uint8Array | undefined> {
    const opened = await this.store.open(key);
    if (opened === undefined) return undefined;
    const frames = await opened.reader.read(0, shape.frames);
    await opened.reader.close();
    return frames;
  }
}

export function usePlace(): ArtifactPlace {
  const place = new ArtifactPlace();
  beforeEach(() => place.open());
  afterEach(() => place.close());
  return place;
}
