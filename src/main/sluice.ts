/**
 * Builds main's object graph for the doors into it: the command line, the host, the shell. Nothing is opened or started before
 * it is asked for, so `--help` and `doctor` work on a machine where half of it is missing. Reads no environment.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureHome } from './ensure-home';
import { ReplacedFolders } from './export/replaced-folders';
import type { Presence } from './files/presence';
import { openSharedHome, type SharedHome } from './files/shared-home';
import { InferenceProcess } from './inference/inference-process';
import { forkInference, type SpawnInference } from './inference/spawn';
import { openCascadeJobs, type CascadeJobs } from './jobs/cascade-jobs';
import type { Versions } from './jobs/make-recipe';
import { locateFfmpeg, type Ffmpeg, type FfmpegSearch } from './media/ffmpeg';
import { contentThread, contentThreadEntry } from './packs/content-thread/content-thread';
import { PackLibrary } from './packs/library';
import { SettingsFile } from './studio/settings-file';

export interface SluiceOptions {
  /** Folder of this user: packs, artifacts, checkpoints, what was measured. Created when first written to. */
  readonly home: string;
  /** Directories of packs that come with the program, the preferred one first. */
  readonly builtInPacks: readonly string[];
  readonly ffmpeg: FfmpegSearch;
  /** The bundled `src/inference/main.ts`, absolute. */
  readonly inferenceEntry: string;
  /** Passed on, filtered, to the inference process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How the inference process is started, if not as a child of Node's. */
  readonly spawnInference?: SpawnInference;
  /** Of Sluice itself. */
  readonly version: string;
  /** What a person should hear of though nothing failed, in words. */
  readonly onNotice?: (message: string) => void;
}

interface Opened {
  readonly home: SharedHome;
  readonly jobs: CascadeJobs;
  readonly replaced: ReplacedFolders;
}

export class Sluice {
  readonly packs: PackLibrary;
  readonly versions: Versions;
  readonly inference: InferenceProcess;
  #opened: Promise<Opened> | undefined;

  constructor(readonly options: SluiceOptions) {
    this.packs = new PackLibrary({
      builtInDirectories: options.builtInPacks,
      home: options.home,
      contents: contentThread(contentThreadEntry(options.inferenceEntry)),
    });
    this.versions = { sluice: options.version, onnxruntime: runtimeVersion() };
    const spawn = options.spawnInference ?? forkInference(options.inferenceEntry, options.environment);
    this.inference = new InferenceProcess({ spawn });
  }

  get home(): string {
    return this.options.home;
  }

  /** Throws `ffmpeg-missing`. */
  ffmpeg(): Ffmpeg {
    return locateFfmpeg(this.options.ffmpeg);
  }

  /** Opens the user's folder. Throws `invalid-argument` where it cannot be one, `disk-full`, `disk-read-only`. */
  async jobs(): Promise<CascadeJobs> {
    return (await this.#open()).jobs;
  }

  /** For exports that may replace a folder. Throws as `jobs` does. */
  async replaced(): Promise<ReplacedFolders> {
    return (await this.#open()).replaced;
  }

  /** This process among those that use the folder. Throws as `jobs` does. */
  async presence(): Promise<Presence> {
    return (await this.#open()).home.locks.presence;
  }

  /** The same program over another folder, for work that must not see what was made before. The caller closes it. */
  withHome(home: string): Sluice {
    return new Sluice({ ...this.options, home });
  }

  /** Ends the inference process and frees what was held. Safe to call more than once. */
  async close(): Promise<void> {
    await this.inference.close();
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.jobs.close();
    await opened?.home.close();
    this.#opened = undefined;
  }

  #open(): Promise<Opened> {
    return (this.#opened ??= this.#openHome());
  }

  async #openHome(): Promise<Opened> {
    await ensureHome(path.resolve(this.options.home));
    const home = await openSharedHome(path.resolve(this.options.home));
    const replaced = await ReplacedFolders.open(path.join(home.folder, 'replaced'), home.locks.presence, (folder) =>
      this.options.onNotice?.(
        `"${folder}" was being replaced when Sluice was ended. It has the pictures again that it had before.`,
      ),
    );
    const { artifactLimitBytes } = (await SettingsFile.open(home.folder)).value;
    const jobs = await openCascadeJobs({
      home,
      inference: this.inference,
      versions: this.versions,
      ...(artifactLimitBytes !== undefined && { artifactLimitBytes }),
      onNotice: ({ reason, movedTo }) => this.options.onNotice?.(`${reason} It was moved to ${movedTo}.`),
    });
    return { home, jobs, replaced };
  }
}

/** As its package says: the library itself is loaded in the inference process only. */
function runtimeVersion(): string {
  try {
    const file = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isPackage = typeof content === 'object' && content !== null && 'version' in content;
    return isPackage && typeof content.version === 'string' ? content.version : 'unknown';
  } catch {
    return 'missing';
  }
}
