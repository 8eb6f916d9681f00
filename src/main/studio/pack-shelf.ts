/** The packs that the studio plans with, each looked up and validated once, and the list that people choose from. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { packListSchema } from '#shared/studio/packs';
import type { Sha256 } from '#shared/units';
import type { PackEntry, PackLibrary } from '../packs/library';
import type { Pack } from '../packs/pack';
import { Watched } from './follow';
import { problemOf } from './problem';
import type { SettingsFile } from './settings-file';

const longestCardBytes = 100_000;

export class PackShelf {
  private readonly known = new Map<Sha256, Promise<Pack>>();
  /** Counts what came, went or was preferred. */
  private readonly changes = new Watched(0);

  constructor(
    readonly library: PackLibrary,
    private readonly settings: SettingsFile,
  ) {
    let { pack } = settings.value;
    settings.watched.watch(() => {
      if (settings.value.pack === pack) return;
      ({ pack } = settings.value);
      this.tell();
    });
  }

  /** Throws `pack-not-found`, `pack-invalid`. */
  async get(hash: Sha256): Promise<Pack> {
    const looked = this.known.get(hash) ?? this.library.resolve(hash);
    this.known.set(hash, looked);
    try {
      return await looked;
    } catch (error) {
      this.known.delete(hash);
      throw error;
    }
  }

  /** A pack came or went. */
  forget(): void {
    this.known.clear();
    this.tell();
  }

  /** Calls `listener` whenever packs came, went or were preferred; returns how to stop that. */
  watch(listener: () => void): () => void {
    return this.changes.watch(listener);
  }

  /** The list as it is, and anew after each change. */
  async *follow(signal: AbortSignal): AsyncGenerator<z.input<typeof packListSchema>> {
    const changes = this.changes.follow(signal);
    while ((await changes.next()).done !== true) yield await this.list(signal);
  }

  /** Makes new shots where nobody says otherwise. Throws `pack-not-found`, `pack-invalid`. */
  async preferred(signal?: AbortSignal): Promise<Pack> {
    const { pack } = this.settings.value;
    if (pack === undefined) return await this.library.resolve(undefined, signal);
    return await this.get(pack).catch(() => this.library.resolve(undefined, signal));
  }

  async list(signal: AbortSignal): Promise<z.input<typeof packListSchema>> {
    const entries = await this.library.list(signal);
    const valid = entries.filter((entry) => entry.state === 'valid');
    const preferred = valid.find(({ pack }) => pack.hash === this.settings.value.pack) ?? valid[0];
    return { packs: entries.map((entry) => entryFacts(entry, entry === preferred)) };
  }

  /** '' where the pack has none. Throws `pack-not-found`, `pack-invalid`. */
  async card(hash: Sha256): Promise<string> {
    const { directory, manifest } = await this.get(hash);
    if (manifest.card === undefined) return '';
    await using file = await open(path.join(directory, manifest.card), 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestCardBytes), 0, longestCardBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  }

  private tell(): void {
    this.changes.set(this.changes.value + 1);
  }
}

function entryFacts(entry: PackEntry, isPreferred: boolean): z.input<typeof packListSchema>['packs'][number] {
  const { directory, origin } = entry;
  if (entry.state === 'invalid') return { directory, origin, state: 'invalid', problem: problemOf(entry.problem) };
  const { hash, manifest } = entry.pack;
  const sizeBytes = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { directory, origin, state: 'valid', hash, manifest, sizeBytes, isPreferred };
}
