/**
 * Imported media behind the studio: finds their files, keeps what was made of them, and gives their frames and sound to whoever shows, exports
 * or generates. Knows media by their hash; where a project lies it is told.
 */
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import type { Media } from '#shared/project/media';
import { soundRate } from '#shared/studio/media-imported';
import type { Sha256, Size } from '#shared/units';
import { requireSpace } from '../files/disk-space';
import type { Presence } from '../files/presence';
import { decodeFrames, type FrameRequest, type MediaFile } from '../media/decode-frames';
import { findMedia, type FoundMedia } from '../media/find-media';
import { KnownFiles } from '../media/known-files';
import { makeFilm } from '../media/make-film';
import { makeSound, samplesName, soundFrameBytes } from '../media/make-sound';
import { framePng, makeThumbnail, thumbnailName } from '../media/make-thumbnail';
import { PreparedMedia } from '../media/prepared-media';
import { probeStreams, type MediaStreams } from '../media/probe';
import { SoundReader } from '../media/sound-reader';
import { canToneMap } from '../media/tone-mapping';
import { MediaPreparations, type FillPart, type PlayedPart } from './media-preparations';
import { Slots } from './slots';

export interface MediaShelfOptions {
  /** Of its own; created. */
  readonly folder: string;
  readonly presence: Presence;
  /** Throws `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
}

/** Of those that are asked for one by one; each is a process. */
const mostFramesAtOnce = 2;
/** A lively film at 1280 × 768, measured; sound is what it is. */
const bytesPerSec: Readonly<Record<PlayedPart, number>> = { film: 600_000, sound: soundRate * soundFrameBytes };

export class MediaShelf {
  private readonly streams = new Map<Sha256, Promise<MediaStreams>>();
  /** Media that were found, by hash, for those who know no more of them. */
  private readonly seen = new Map<Sha256, { readonly media: Media; readonly file: string }>();
  private readonly slots = new Slots(mostFramesAtOnce);
  private readonly ended = new AbortController();

  private constructor(
    private readonly options: MediaShelfOptions,
    readonly known: KnownFiles,
    readonly prepared: PreparedMedia,
    readonly preparations: MediaPreparations,
  ) {}

  static async open(options: MediaShelfOptions): Promise<MediaShelf> {
    const { folder, presence } = options;
    const prepared = await PreparedMedia.open({ folder, presence });
    const known = await KnownFiles.open(path.join(folder, 'known-files.json'));
    return new MediaShelf(options, known, prepared, new MediaPreparations(prepared));
  }

  /** Throws `ffmpeg-missing`. */
  get ffmpegPath(): string {
    return this.options.ffmpegPath();
  }

  /** Looks for its file. `projectFolder`: of the project that it belongs to. Throws the reason of `signal` only. */
  async find(
    media: Media,
    projectFolder: string,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<FoundMedia> {
    const found = await findMedia(media, projectFolder, this.known, onProgress, signal);
    if (found.kind === 'here') this.seen.set(media.sha256, { media, file: found.path });
    else this.seen.delete(media.sha256);
    return found;
  }

  /** Its file, where there is one with its hash. Throws `media-missing`, the reason of `signal`. */
  async fileOf(media: Media, projectFolder: string, signal: AbortSignal): Promise<string> {
    const found = await this.find(media, projectFolder, () => undefined, signal);
    if (found.kind === 'here') return found.path;
    const where = found.lookedAt === '' ? 'and nobody knows where it was' : `at ${found.lookedAt}`;
    const why = found.why === 'gone' ? 'is not there any more' : 'is another file now';
    throw new SluiceError(
      'media-missing',
      `“${media.name}” ${why}, ${where}. Find it in the library, then try again.`,
      {
        details: { media: media.id, lookedAt: found.lookedAt },
      },
    );
  }

  /** Its frames, as an export and a still viewer show them. Throws `media-missing`, and as `decodeFrames` does. */
  async *frames(
    media: Media,
    projectFolder: string,
    request: FrameRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    yield* decodeFrames(
      await this.opened(media, await this.fileOf(media, projectFolder, signal), signal),
      request,
      signal,
    );
  }

  /** Its sound, as it is played; made now where it is not there. The caller closes the reader. Throws `media-missing`, and as `makeSound`. */
  async sound(media: Media, projectFolder: string, signal: AbortSignal): Promise<SoundReader> {
    return await SoundReader.open(await this.soundFile(media, projectFolder, signal));
  }

  /** The file of the samples that `sound` reads. */
  async soundFile(media: Media, projectFolder: string, signal: AbortSignal): Promise<string> {
    const fill: FillPart = async (folder, onProgress, stop) => {
      const file = await this.fileOf(media, projectFolder, stop);
      await this.fillWith(media, file, 'sound')(folder, onProgress, stop);
    };
    const folder = await this.preparations.whole(media.sha256, 'sound', fill, signal);
    return path.join(folder, samplesName);
  }

  /** Whether it has a high dynamic range that cannot be tone-mapped here. */
  async isFlat(media: Media): Promise<boolean> {
    if (media.kind !== 'video' || media.dynamicRange === undefined) return false;
    try {
      return !(await canToneMap(this.ffmpegPath));
    } catch (error) {
      // Without ffmpeg nothing of it is shown at all; who prepares it says so.
      if (error instanceof SluiceError) return false;
      throw error;
    }
  }

  /** Begins to make what plays of it, where that is not there. `again`: also what failed or was stopped before. */
  async prepare(media: Media, file: string, again = false): Promise<void> {
    this.prepared.keep(media.sha256);
    for (const part of playedParts(media))
      await this.preparations.want(media.sha256, part, this.fillWith(media, file, part), again);
  }

  stop(media: Media): void {
    for (const part of playedParts(media)) this.preparations.stop(media.sha256, part);
  }

  /** A part of media whose project is open. Throws `artifact-missing` where it has not been made. */
  async part(sha256: Sha256, part: PlayedPart): Promise<string> {
    const folder = await this.prepared.find(sha256, part);
    if (folder !== undefined) return folder;
    throw notThere(sha256, 'It is being made, or its project is not open.');
  }

  /** Whether `thumbnail` can give one: it was made, or can be. Throws the reason of `signal` only. */
  async hasThumbnail(media: Media, projectFolder: string, signal: AbortSignal): Promise<boolean> {
    if ((await this.prepared.find(media.sha256, 'thumbnail')) !== undefined) return true;
    return (await this.find(media, projectFolder, () => undefined, signal)).kind === 'here';
  }

  /** Throws `artifact-missing`, and as `makeThumbnail` does. */
  async thumbnail(sha256: Sha256): Promise<string> {
    const { signal } = this.ended;
    const found =
      (await this.prepared.find(sha256, 'thumbnail')) ??
      (await this.slots.use(async () => {
        const { file, media } = await this.visible(sha256, signal);
        return await this.prepared.make(sha256, 'thumbnail', (folder) => makeThumbnail(file, media, folder, signal));
      }));
    return path.join(found, thumbnailName);
  }

  /** PNG. Throws `artifact-missing`, `invalid-argument` for a frame that it does not have, and as `decodeFrames` does. */
  async frame(sha256: Sha256, frame: number, size: Size, signal: AbortSignal): Promise<Uint8Array> {
    return await this.slots.use(async () => {
      signal.throwIfAborted();
      const { file, media } = await this.visible(sha256, signal);
      if (frame >= (media.kind === 'video' ? media.frames : 1))
        throw new SluiceError('invalid-argument', `“${media.name}” has no frame ${frame}: ask for an earlier one.`);
      return await framePng(file, media, frame, size, signal);
    });
  }

  async close(): Promise<void> {
    this.ended.abort();
    await this.preparations.close();
  }

  private async visible(sha256: Sha256, signal: AbortSignal) {
    const seen = this.seen.get(sha256);
    if (seen === undefined || seen.media.kind === 'audio')
      throw notThere(sha256, 'Its project is not open, its file is missing, or it has no picture.');
    return { media: seen.media, file: await this.opened(seen.media, seen.file, signal) };
  }

  /** What is in a file depends on its content alone. */
  private async opened({ sha256 }: Media, file: string, signal: AbortSignal): Promise<MediaFile> {
    const { ffmpegPath } = this;
    // Whoever asks first may stop waiting, and the others not.
    const known = this.streams.get(sha256) ?? probeStreams(ffmpegPath, file, this.ended.signal);
    this.streams.set(sha256, known);
    known.catch(() => this.streams.delete(sha256));
    const streams = await known;
    signal.throwIfAborted();
    return { ffmpegPath, file, streams };
  }

  private fillWith(media: Media, file: string, part: PlayedPart): FillPart {
    return async (folder, onProgress, signal) => {
      const opened = await this.opened(media, file, signal);
      const lengthSec = media.kind === 'image' ? 1 : (media.frames * media.frameRate.den) / media.frameRate.num;
      await requireSpace(this.options.folder, lengthSec * bytesPerSec[part], `A ${part} of “${media.name}” to play`);
      if (part === 'film' && media.kind === 'video') await makeFilm(opened, media, folder, onProgress, signal);
      if (part === 'sound') await makeSound(opened, folder, (sec) => onProgress(sec / lengthSec), signal);
    };
  }
}

/** Sound first: it is quick, and waveforms are what one cuts by. */
export function playedParts(media: Media): readonly PlayedPart[] {
  if (media.kind === 'image') return [];
  if (media.kind === 'audio') return ['sound'];
  return media.hasAudio ? ['sound', 'film'] : ['film'];
}

function notThere(sha256: Sha256, why: string): SluiceError {
  return new SluiceError('artifact-missing', `There is nothing of the media ${sha256}. ${why}`, {
    details: { sha256 },
  });
}
