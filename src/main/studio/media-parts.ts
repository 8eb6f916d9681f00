/** Imported media as the studio holds them: their shelf, the files on their way, and who wants to hear when somebody looks again. */
import { MediaShelf, type MediaShelfOptions } from './media-shelf';
import { MediaUploads } from './media-uploads';

export class StudioMedia {
  readonly uploads = new MediaUploads();
  private readonly listeners = new Set<() => void>();

  private constructor(readonly shelf: MediaShelf) {}

  /** Throws `disk-full`, `disk-read-only`. */
  static async open(options: MediaShelfOptions): Promise<StudioMedia> {
    return new StudioMedia(await MediaShelf.open(options));
  }

  /** Whoever follows media looks again for what is missing. */
  look(): void {
    for (const listener of this.listeners) listener();
  }

  onLook = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async close(): Promise<void> {
    await this.shelf.close();
  }
}
