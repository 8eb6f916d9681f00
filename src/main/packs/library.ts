/**
 * The packs of this machine: those that come with the program, and those in the user's folder, `<home>/packs/<hash>`.
 * Whatever leaves it as a `Pack` was validated.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { type Sha256, sha256Schema } from '#shared/units';
import { type FileSystem, nodeFileSystem } from '../files/file-system';
import { SharedWork } from '../shared-work';
import type { OpenContentChecks } from './content-checks';
import { type Candidate, choosePack, isMeant, type PackReference, parseReference } from './find-pack';
import { folderSource } from './folder-source';
import { inspectPack, type InspectOptions, type PackReport, readManifest, validatePack } from './inspect-pack';
import { type InstalledPack, type InstallOptions, installPack, type PackFolder, removePack } from './install-pack';
import type { Pack } from './pack';
import { packDirectory } from './pack-files';
import { packInvalid, shown } from './pack-invalid';
import type { PackSource } from './pack-source';
import { isSound } from './report-text';
import { verificationMemory } from './verification-memory';
import { zipSource } from './zip-source';

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
  /** What packs are installed with; Node's own where absent. */
  readonly files?: FileSystem;
  /** Who looks into graphs and tokenizers; the calling thread where absent. */
  readonly contents?: OpenContentChecks;
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
  readonly #place: PackFolder;
  readonly #validations = new SharedWork<Pack>();

  constructor(options: PackLibraryOptions) {
    this.#builtInDirectories = options.builtInDirectories;
    const folder = path.join(options.home, 'packs');
    this.#place = {
      home: options.home,
      folder,
      memory: verificationMemory(path.join(folder, '.verified')),
      files: options.files ?? nodeFileSystem,
      ...(options.contents && { contents: options.contents }),
    };
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
    return await this.#validate(await this.#locate(reference), signal);
  }

  /** Reads every byte of the pack that `reference` means, as for `resolve`, and reports on it. Throws `pack-not-found`. */
  async verify(reference?: string, signal?: AbortSignal): Promise<PackReport> {
    return await this.#verify(await this.#locate(reference), signal);
  }

  /** The same for every pack, built-in ones first, each read when it is asked for. */
  async *verifyAll(signal?: AbortSignal): AsyncGenerator<PackReport, void> {
    for (const place of await this.#places()) yield await this.#verify(place, signal);
  }

  /** Copies a pack from `folder` into the user's. Throws what `installPack` throws. */
  installFromFolder(folder: string, options?: InstallOptions): Promise<InstalledPack> {
    return this.install(folderSource(folder), options);
  }

  /** Unpacks a pack from the zip file `file` into the user's folder. Throws what `installPack` throws. */
  installFromZip(file: string, options?: InstallOptions): Promise<InstalledPack> {
    return this.install(zipSource(file), options);
  }

  install(source: PackSource, options?: InstallOptions): Promise<InstalledPack> {
    return installPack(source, this.#place, options);
  }

  /**
   * Removes an installed pack, also a damaged one, and returns what is gone. Throws `pack-not-found`, and `invalid-argument`
   * for packs that are not in the user's folder.
   */
  async remove(reference: string): Promise<Candidate> {
    const parsed = parseReference(reference);
    const chosen = parsed.kind === 'path' ? undefined : choosePack(await this.#removable(parsed), parsed);
    if (chosen?.origin !== 'installed')
      throw new SluiceError(
        'invalid-argument',
        `${shown(reference)} cannot be removed: it is not in ${this.#place.folder}. Name a pack that "sluice packs list" shows as installed.`,
      );
    await removePack(this.#place, sha256Schema.parse(chosen.hash));
    return chosen;
  }

  /** The installed packs, or all where none of those is meant. */
  async #removable(reference: Exclude<PackReference, { kind: 'path' }>): Promise<readonly (Candidate & Place)[]> {
    const candidates = await this.#candidates();
    const installed = candidates.filter((candidate) => candidate.origin === 'installed');
    return installed.some((candidate) => isMeant(candidate, reference)) ? installed : candidates;
  }

  /** Directories that exist, in order of preference. */
  async #places(): Promise<readonly Place[]> {
    const places: Place[] = [];
    for (const directory of this.#builtInDirectories) {
      const found = await packDirectory(directory).catch(() => undefined);
      if (found !== undefined) places.push({ directory: found, origin: 'built-in' });
    }
    const names = await readdir(this.#place.folder).catch(() => []);
    for (const name of names.filter((name) => /^[0-9a-f]{64}$/.test(name)).sort())
      places.push({ directory: path.join(this.#place.folder, name), origin: 'installed' });
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

  async #locate(reference: string | undefined): Promise<Place | PathPlace> {
    const parsed = reference === undefined ? undefined : parseReference(reference);
    if (parsed?.kind === 'path') return { directory: parsed.path, origin: 'path' };
    if (parsed !== undefined) return choosePack(await this.#candidates(), parsed);
    const [first] = await this.#places();
    if (first !== undefined) return first;
    throw new SluiceError(
      'pack-not-found',
      'No pack is installed. Install one with "sluice packs install <folder or zip>".',
    );
  }

  /** What was known of the pack is not asked, and forgotten where it turns out to be wrong. */
  async #verify(place: Place | PathPlace, signal: AbortSignal | undefined): Promise<PackReport> {
    const report = await inspectPack(place.directory, this.#inspection(signal));
    const error = report.hash && filingError(place, report.hash);
    const checks: PackReport['checks'] = error
      ? [...report.checks, { subject: 'hash', outcome: { kind: 'failed', error } }]
      : report.checks;
    const whole = { ...report, checks };
    if (!isSound(whole)) await this.#place.memory.forget(report.directory);
    return whole;
  }

  #inspection(signal: AbortSignal | undefined): InspectOptions {
    const { contents } = this.#place;
    return { ...(signal && { signal }), ...(contents && { contents }) };
  }

  async #validate(place: Place | PathPlace, signal: AbortSignal | undefined): Promise<Pack> {
    const { memory } = this.#place;
    const pack = await this.#validations.join(place.directory, signal, (shared) =>
      validatePack(place.directory, { memory, ...this.#inspection(shared) }),
    );
    const error = filingError(place, pack.hash);
    if (error !== undefined) throw error;
    return pack;
  }
}

/** An installed pack bears its hash; one that bears another was changed together with its manifest. */
function filingError(place: Place | PathPlace, hash: Sha256): SluiceError | undefined {
  const filedAs = path.basename(place.directory);
  if (place.origin !== 'installed' || filedAs === hash) return undefined;
  return packInvalid(
    `The pack installed as ${filedAs} has a manifest with the hash ${hash}.`,
    'Remove it and install it again.',
    { directory: place.directory },
  );
}
