/** Exports: presets, starting and stopping. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import type { startExportSchema } from '#shared/studio/exports';
import type { z } from 'zod';
import type { Calls } from './calls';
import { presetFacts } from './export-jobs';
import type { User } from './open-projects';
import type { StudioParts } from './studio';
import { takeClip, type TakeClip } from './take-clip';
import { takeIn } from './take-request';

type Order = z.output<typeof startExportSchema>;

export function exportCalls(parts: StudioParts, user: User): Calls<'exportPresets' | 'startExport' | 'cancelExport'> {
  const { exports, jobs, sluice, facts } = parts;
  return {
    exportPresets: (_, signal) => presetFacts(() => sluice.ffmpeg().path, signal),
    startExport: async ({ source, preset, file, range, force }) => {
      const { artifact, recipe } = await clipOf(parts, user, source);
      // Of the folders only our own is made; a mistyped one is worth hearing of.
      if (path.dirname(file) === facts.defaultExportsFolder) await mkdir(path.dirname(file), { recursive: true });
      const pin = await jobs.artifacts.pins.holdForRun([artifact.key]);
      const order = {
        ...{ framesPath: artifact.path, recipe, preset, file, force },
        range: range && frameRange(range, artifact.metadata.frames),
        release: () => pin.release(),
      };
      try {
        return { id: await exports.start(order) };
      } catch (error) {
        await pin.release();
        throw error;
      }
    },
    cancelExport: async ({ id }) => {
      await exports.cancel(id);
      return {};
    },
  };
}

async function clipOf({ jobs, packs, projects }: StudioParts, user: User, source: Order['source']): Promise<TakeClip> {
  if (source.kind === 'take') {
    const { take, shot } = takeIn(projects.of(source.open, user).project, source.takeId);
    return takeClip({ pack: await packs.get(shot.packHash), shot, take }, source.stage, jobs.services);
  }
  const artifact = await jobs.artifacts.find(source.key);
  if (artifact !== undefined) return { artifact, recipe: undefined };
  throw new SluiceError('artifact-missing', `The clip ${source.key} is not kept any more: make its stage again.`, {
    details: { key: source.key },
  });
}

/** Throws `invalid-argument` for frames that the clip does not have. */
function frameRange({ inFrame, outFrame }: NonNullable<Order['range']>, frames: number) {
  if (outFrame <= frames) return { from: inFrame, to: outFrame };
  throw new SluiceError(
    'invalid-argument',
    `Frames ${inFrame} to ${outFrame} cannot be exported: the clip has ${frames}. Choose a part of it.`,
  );
}
