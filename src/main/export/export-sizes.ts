/**
 * What exports took on disk, so that the next one's size can be told before it is made: bytes per pixel and frame, of the last export with
 * the same preset and quality. Footage differs, so it is told as what it was.
 */
import path from 'node:path';
import { z } from 'zod';
import type { ExportQuality } from '#shared/studio/exports';
import { readJsonFile, writeJsonFile } from '../files/json-file';

const sizesSchema = z.record(z.string(), z.number().positive());

export interface Measured {
  readonly preset: string;
  readonly quality: ExportQuality;
  /** Width × height × frames. */
  readonly pixels: number;
}

export class ExportSizes {
  private readonly file: string;

  /** @param home folder of this user */
  constructor(home: string) {
    this.file = path.join(home, 'export-sizes.json');
  }

  /** Bytes; undefined where nothing was measured. */
  async expected({ preset, quality, pixels }: Measured): Promise<number | undefined> {
    const perPixel = (await this.read())[`${preset} ${quality}`];
    return perPixel === undefined ? undefined : Math.round(perPixel * pixels);
  }

  /** Never throws: an export is done whether this can be noted or not. */
  async note({ preset, quality, pixels }: Measured, sizeBytes: number): Promise<void> {
    if (pixels === 0 || sizeBytes === 0) return;
    const sizes = { ...(await this.read()), [`${preset} ${quality}`]: sizeBytes / pixels };
    await writeJsonFile(this.file, sizes).catch(() => undefined);
  }

  private async read(): Promise<z.infer<typeof sizesSchema>> {
    const read = await readJsonFile(this.file, sizesSchema).catch(() => undefined);
    return read?.kind === 'read' ? read.value : {};
  }
}
