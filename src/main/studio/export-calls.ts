/** Exports: presets, what one would be, starting and stopping. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { exportedShape } from '../export/found-source';
import type { Calls } from './calls';

import { findSource } from './export-source';
import type { User } from './open-projects';
import { presetFacts } from './preset-facts';
import type { StudioParts } from './studio';

type Answered = 'exportPresets' | 'planExport' | 'startExport' | 'cancelExport';

export function exportCalls(parts: StudioParts, user: User): Calls<Answered> {
  const { exports, files, jobs, sluice, facts, settings } = parts;
  return {
    exportPresets: (_, signal) => presetFacts(() => sluice.ffmpeg().path, signal),
    planExport: async ({ source, range, preset, quality, size, frameRate }, signal) => {
      const found = await findSource(parts, user, source, range, signal);
      const shape = exportedShape(found, { size, frameRate });
      const pixels = shape.size.width * shape.size.height * shape.frames;
      const sizeBytes = await exports.sizes.expected({ preset, quality, pixels });
      const { emptyClips, staleClips, content } = found;
      const hasSound = content.kind === 'edit' && content.sounds.length > 0;
      return { ...shape, emptyClips, staleClips, hasSound, ...(sizeBytes !== undefined && { sizeBytes }) };
    },
    startExport: async ({ source, range, file, ...wanted }, signal) => {
      const found = await findSource(parts, user, source, range, signal);
      // Of the folders only our own is made; a mistyped one is worth hearing of.
      const usual = settings.value.exportsFolder ?? facts.defaultExportsFolder;
      if (path.dirname(file) === usual) await mkdir(usual, { recursive: true });
      const pin = await jobs.artifacts.pins.holdForRun(found.keys);
      try {
        return { id: await exports.start({ ...wanted, found, file, release: () => pin.release() }) };
      } catch (error) {
        await pin.release();
        throw error;
      }
    },
    cancelExport: async ({ id }) => {
      await files.cancel(id);
      return {};
    },
  };
}
