/**
 * The packs of this machine: those that come with the program, and those in the user's folder, `<home>/packs/<hash>`.
 * Whatever leaves it as a `Pack` was validated.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { type Candidate, choosePack, parseReference } from './find-pack';
import { readManifest, validatePack } from './inspect-pack';
import type { Pack } from './pack';
import { packDirectory } from './pack-files';
import { packInvalid } from './pack-invalid';
import { type VerificationMemory, verificationMemory } from './verification-memory';

export type PackOrigin = 'built-in' | 'installed';

/** One directory of the library, usable or not. */
export type PackEntry = { readonly directory: string; readonly origin: PackOrigin } & (
  { readonly state: 'valid'; readonly pack: Pack } | { readonly state: 'invalid'; readonly problem: Error }
);

export interface PackLibraryOptions {
  /** Directories of packs that come with the program, the preferred one first; those that do not exist are passed over. */
  readonly builtInDirectories: readonly string[];
  /** Sluice's folder of this user. Created when something is first written to it. */
  readonly home: string;
}

interface Place {
  readonly directory: string;
  readonly origin: PackOrigin;
}

/** A directory that somebody named, in no folder of the library. */
interface PathPlace {
  readonly directory: string;
  readonly origin: 'path';
}

export class PackLibrary {
  readonly #builtInDirectories: readonly string[];
  readonly #folder: string;
  readonly #memory: VerificationMemory;

  constructor(options: PackLibraryOptions) {
    this.#builtInDirectories = options.builtInDirectories;
    this.#folder = path.join(options.home, 'packs');
    this.#memory = verificationMemory(path.join(this.#folder, '.verified'));
  }

  /** Every pack, built-in ones first; what is wrong with one is said in its entry. Verifies what was not verified before. */
  async list(signal?: AbortSignal): Promise<readonly PackEntry[]> {
    const entries: PackEntry[] = [];
    for (const place of await this.#places())
      try {
        entries.push({ ...place, state: 'valid', pack: await this.#validate(place, signal) });
      } catch (error) {
        signal?.throwIfAborted();
        entries.push({
          ...place,
          state: 'invalid',
          problem: error instanceof Error ? error : new Error(String(error)),
        });
      }
    return entries;
  }

  /**
   * The pack that `reference` means: a name (its newest version), `name@version`, at least eight digits of a hash, or a path to
   * a directory; absent: the preferred built-in pack. Throws `pack-not-found` with suggestions, or `pack-invalid`.
   */
  async resolve(reference?: string, signal?: AbortSignal): Promise<Pack> {
    const parsed = reference === undefined ? undefined : parseReference(reference);
    if (parsed?.kind === 'path') return await this.#validate({ directory: parsed.path, origin: 'path' }, signal);
    const candidates = await this.#candidates();
    if (parsed !== undefined) return await this.#validate(choosePack(candidates, parsed), signal);
    const [first] = await this.#places();
    if (first === undefined)
      throw new SluiceError(
        'pack-not-found',
        'No pack is installed. Install one with "sluice packs install <folder or zip>".',
      );
    return await this.#validate(first, signal);
  }

  /** Directories that exist, in order of preference. */
  async #places(): Promise<readonly Place[]> {
    const places: Place[] = [];
    for (const directory of this.#builtInDirectories) {
      const found = await packDirectory(directory).catch(() => undefined);
      if (found !== undefined) places.push({ directory: found, origin: 'built-in' });
    }
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((name) => /^[0-9a-f]{64}$/.test(name)).sort())
      places.push({ directory: path.join(this.#folder, name), origin: 'installed' });
    return places;
  }

  /** What can be chosen from, by manifest alone; an installed pack can be chosen by its directory's name in any case. */
  async #candidates(): Promise<readonly (Candidate & Place)[]> {
    const candidates: (Candidate & Place)[] = [];
    for (const place of await this.#places()) {
      const read = await readManifest(place.directory).catch(() => undefined);
      const hash = place.origin === 'installed' ? path.basename(place.directory) : read?.hash;
      if (hash !== undefined)
        candidates.push({ ...place, name: read?.manifest.name ?? '', version: read?.manifest.version ?? '', hash });
    }
    return candidates;
  }

  async #validate(place: Place | PathPlace, signal: AbortSignal | undefined): Promise<Pack> {
    const pack = await validatePack(place.directory, { memory: this.#memory, ...(signal && { signal }) });
    const filedAs = path.basename(place.directory);
    if (place.origin === 'installed' && filedAs !== pack.hash)
      throw packInvalid(
        `The pack installed as ${filedAs} has a manifest with the hash ${pack.hash}.`,
        'Remove it and install it again.',
        { directory: place.directory },
      );
    return pack;
  }
}
