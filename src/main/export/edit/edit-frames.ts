/**
 * The frames of an edit, composed one after another as an export asks for them: by the same functions as the viewer (`src/shared/edit`).
 * Holds what the frame shows and no more, whatever the length of the edit. Computes on pixels: for the export's own thread.
 */
import { compose, type PlacedPicture } from '#shared/edit/compose';
import { layersAt, type Layer } from '#shared/edit/layers-at';
import type { Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import type { Project, Range } from '#shared/project/project';
import type { ExportSource } from '../export-clip';
import type { ClipPictures } from './clip-pictures';

/** Undefined for a clip that shows nothing. */
export type OpenPictures = (clip: Clip) => Promise<ClipPictures> | undefined;

export class EditFrames implements ExportSource {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly fps: number;
  private readonly opened = new Map<ClipId, Promise<ClipPictures> | undefined>();
  private last: { readonly layers: readonly PlacedPicture[]; readonly rgb: Uint8Array } | undefined;

  constructor(
    private readonly project: Project,
    private readonly range: Range,
    private readonly open: OpenPictures,
  ) {
    this.frames = range.outFrame - range.inFrame;
    ({ height: this.height, width: this.width } = project.size);
    this.fps = project.frameRate.num / project.frameRate.den;
  }

  /** Frames `[from, to)` of the range as `[to − from, H, W, 3]`. Throws what opening and reading its clips throws. */
  async read(from: number, to: number): Promise<Uint8Array> {
    const bytes = this.height * this.width * 3;
    const rgb = new Uint8Array((to - from) * bytes);
    for (let frame = from; frame < to; frame += 1) rgb.set(await this.frame(frame), (frame - from) * bytes);
    return rgb;
  }

  async close(): Promise<void> {
    await this.closeAllBut(new Set());
  }

  private async frame(frame: number): Promise<Uint8Array> {
    const layers = layersAt(this.project, this.range.inFrame + frame);
    await this.closeAllBut(new Set(layers.map(({ clip }) => clip.id)));
    const placed = (await Promise.all(layers.map((layer) => this.placed(layer)))).filter((one) => one !== undefined);
    if (this.last === undefined || !isSame(this.last.layers, placed))
      this.last = { layers: placed, rgb: compose(this.project.size, placed).rgb };
    return this.last.rgb;
  }

  private async placed({ clip, sourceFrame, sourceFrames, opacity }: Layer): Promise<PlacedPicture | undefined> {
    if (!this.opened.has(clip.id)) this.opened.set(clip.id, this.open(clip));
    const pictures = await this.opened.get(clip.id);
    return pictures && { picture: await pictures.at(sourceFrame, sourceFrames), opacity };
  }

  private async closeAllBut(shown: ReadonlySet<ClipId>): Promise<void> {
    for (const [id, pictures] of this.opened) {
      if (shown.has(id)) continue;
      this.opened.delete(id);
      await pictures?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    }
  }
}

function isSame(a: readonly PlacedPicture[], b: readonly PlacedPicture[]): boolean {
  return (
    a.length === b.length && a.every(({ picture, opacity }, i) => b[i]?.picture === picture && b[i].opacity === opacity)
  );
}
