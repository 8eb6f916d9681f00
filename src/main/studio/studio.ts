/**
 * The studio behind its windows: one for a process, whatever the door. Windows connect and go; what they began goes on here. Wires the parts
 * together and knows nothing of how a window is drawn or reached.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '#shared/channel/channel';
import type { Transport } from '#shared/channel/transport';
import { cancellation } from '#shared/errors';
import type { ApplicationFacts } from '#shared/studio/application';
import { defaultMemoryBytes, defaultThreads } from '../default-means';
import { ExportSizes } from '../export/export-sizes';
import { exportThreadEntry } from '../export/worker/export-thread';
import type { CascadeJobs } from '../jobs/cascade-jobs';
import type { MediaSource } from '../host/media-source';
import { ProjectStore } from '../projects/project-store';
import type { Sluice } from '../sluice';
import { browserDesktop } from './browser-desktop';
import type { Desktop } from './desktop';
import { ExportJobs } from './export-jobs';
import { Generation } from './generation';
import { JobNews } from './job-news';
import { StudioMedia } from './media-parts';
import { OpenProjects, type User } from './open-projects';
import { PackShelf } from './pack-shelf';
import { Pictures } from './pictures';
import { SettingsFile } from './settings-file';
import { followLimit } from './storage-calls';
import { studioService } from './studio-service';
import { warmUp } from './warm-up';
import { WrittenFiles } from './written-files';

export interface StudioOptions {
  readonly sluice: Sluice;
  readonly door: ApplicationFacts['door'];
  /** Where new projects and exports go if nobody says otherwise. */
  readonly documentsFolder: string;
  /** The films of the sample project; absent: there is none. */
  readonly sampleFolder?: string;
  readonly onNotice: (message: string) => void;
}

/** What the calls of a window work with. */
export interface StudioParts {
  readonly sluice: Sluice;
  readonly jobs: CascadeJobs;
  readonly settings: SettingsFile;
  readonly packs: PackShelf;
  readonly projects: OpenProjects;
  readonly generation: Generation;
  readonly news: JobNews;
  readonly exports: ExportJobs;
  /** Exports and archives that are written, or were. */
  readonly files: WrittenFiles;
  readonly pictures: Pictures;
  readonly media: StudioMedia;
  readonly facts: ApplicationFacts;
  readonly sampleFolder: string | undefined;
}

/** Opens the user's folder and goes on with its queue. Throws `disk-full`, `disk-read-only`, `invalid-argument` for a home that cannot be one. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  const { sluice, onNotice } = options;
  const jobs = await sluice.jobs();
  const replaced = await sluice.replaced();
  const home = path.resolve(sluice.home);
  const { artifacts } = jobs;
  const news = new JobNews();
  const store = new ProjectStore({ locks: artifacts.locks, recentFile: path.join(home, 'recent-projects.json') });
  const projects = new OpenProjects(store, artifacts.pins, onNotice);
  const queueFolder = path.join(home, 'queue');
  const generation = new Generation({ queueFolder, jobs, packs: sluice.packs, projects, news, onNotice });
  const ffmpegPath = (): string => sluice.ffmpeg().path;
  const settings = await SettingsFile.open(home);
  const files = new WrittenFiles();
  const parts: StudioParts = {
    ...{ sluice, jobs, projects, generation, news, settings },
    packs: new PackShelf(sluice.packs, settings),
    files,
    exports: new ExportJobs({
      ...{ ffmpegPath, files, replaced },
      threadEntry: exportThreadEntry(sluice.options.inferenceEntry),
      sizes: new ExportSizes(home),
    }),
    pictures: new Pictures({ folder: path.join(home, 'proxies'), artifacts, ffmpegPath }),
    media: await StudioMedia.open({
      folder: path.join(home, 'media'),
      presence: artifacts.locks.presence,
      ffmpegPath,
    }),
    facts: factsOf(options, home),
    sampleFolder: options.sampleFolder,
  };
  followLimit(parts);
  await generation.open();
  return new Studio(parts);
}

export class Studio {
  private readonly windows = new Set<{ readonly closed: Promise<unknown> }>();
  private readonly closing = new AbortController();
  private warming: Promise<void> | undefined;

  constructor(readonly parts: StudioParts) {}

  /** What a door shows by URL. */
  get media(): MediaSource {
    const { pictures, media } = this.parts;
    return {
      proxy: (key) => pictures.proxy(key),
      frame: (key, frame) => pictures.frame(key, frame),
      strip: (key, frames, height) => pictures.strip(key, frames, height),
      imported: media.shelf,
      uploadOf: (id) => media.uploads.find(id),
    };
  }

  /** A window has come. What it has open is let go when it is gone. */
  connect(transport: Transport, desktop: Desktop = browserDesktop()): void {
    const user = {};
    const { closed } = serve(transport, studioService(this.parts, user, desktop));
    const window = { closed: closed.then(() => this.left(user)) };
    this.windows.add(window);
    void window.closed.finally(() => this.windows.delete(window));
  }

  /** Has what the first shot needs loaded while whoever opened the door is still on the way to the prompt. Never rejects. */
  warmUp(): Promise<void> {
    return (this.warming ??= warmUp(this.parts, this.closing.signal));
  }

  private async left(user: User): Promise<void> {
    await this.parts.media.uploads.leave(user);
    await this.parts.projects.leave(user);
  }

  /** Stops what runs, so that it goes on next time, and saves every project. Throws the first reason why edits could not be saved. */
  async close(): Promise<void> {
    const { generation, files, pictures, media, projects } = this.parts;
    this.closing.abort(cancellation('Sluice is closing.'));
    await Promise.all([this.warming, generation.close(), files.close(), pictures.close(), media.close()]);
    await projects.store.closeAll();
  }
}

function factsOf({ sluice, door, documentsFolder }: StudioOptions, home: string): ApplicationFacts {
  return {
    ...sluice.versions,
    platform: process.platform,
    door,
    home,
    defaultProjectsFolder: path.join(documentsFolder, 'Sluice Projects'),
    defaultExportsFolder: path.join(documentsFolder, 'Sluice Exports'),
    defaultMemoryBytes: defaultMemoryBytes(),
    defaultThreads: defaultThreads(),
  };
}

/** Where new projects go; made if it is not there. Throws what making it throws. */
export async function projectsFolder({ settings, facts }: StudioParts): Promise<string> {
  const folder = settings.value.projectsFolder ?? facts.defaultProjectsFolder;
  await mkdir(folder, { recursive: true });
  return folder;
}
