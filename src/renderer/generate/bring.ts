/** Asks main to keep frames that a person brings. Undefined, and a report, where it cannot. */
import type { ImportedFrames } from '#shared/shot';
import type { StageId } from '#shared/pack-manifest';
import type { BringSource } from '#shared/studio/brought';
import type { Sha256 } from '#shared/units';
import type { Studio } from '../studio/studio';

type Brought = Promise<ImportedFrames | undefined>;

/** `frames` of the final clip of a shot of the pack. */
export function bringGiven(studio: Studio, packHash: Sha256, source: BringSource, frames: number): Brought {
  return asked(studio, (open) => studio.channel().request('bringGiven', { open, packHash, source, frames }));
}

/** A clip in the shape of a stage. */
export function bringStart(studio: Studio, packHash: Sha256, source: BringSource, stage: StageId): Brought {
  return asked(studio, (open) => studio.channel().request('bringStart', { open, packHash, source, stage }));
}

/** Main must know what the source names: it waits until every edit was answered. */
async function asked(
  studio: Studio,
  ask: (open: ReturnType<Studio['document']['getState']>['open']) => Promise<ImportedFrames>,
): Brought {
  try {
    await studio.document.settled();
    return await ask(studio.document.getState().open);
  } catch (error) {
    studio.report(error);
    return undefined;
  }
}
