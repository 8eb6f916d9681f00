/**
 * Given frames, counted on the final clip's frame grid, on the coarser grid of a stage.
 *
 * Final frame g is frame g / r of a stage with 1/r of the frames. Of every source the frames that land on the grid are given;
 * a source of which none lands (a single picture, the last frame) is put on the nearest frame, within the clip, so that the
 * first stages know of it too. Where two sources want one frame, the later one in the list has it.
 */
import { SluiceError } from '#shared/errors';
import type { ClipShape, PackManifest } from '#shared/pack-manifest';
import type { GivenFrames, Shot } from '#shared/shot';
import type { PlannedStage } from './plan';

/** In the order of frames. Throws `invalid-shot` where the pack takes no given frames or they lie outside the clip. */
export function placeGivenFrames(
  manifest: PackManifest,
  given: Shot['given'],
  stage: ClipShape,
): PlannedStage['given'] {
  if (given.length === 0) return [];
  if (!manifest.capabilities.givenFrames)
    throw new SluiceError(
      'invalid-shot',
      `The pack "${manifest.name}" cannot continue given frames. Leave them out, or use a pack that can.`,
    );
  const finalFrames = manifest.stages.at(-1)?.output.frames ?? stage.frames;
  const placed = new Map<number, PlannedStage['given'][number]>();
  given.forEach((source, index) => {
    for (const { frame, sourceFrame } of onGrid(source, finalFrames, stage.frames))
      placed.set(frame, { given: index, frame, sourceFrame });
  });
  return [...placed.values()].sort((a, b) => a.frame - b.frame);
}

interface Placement {
  readonly frame: number;
  readonly sourceFrame: number;
}

function onGrid(given: GivenFrames, finalFrames: number, stageFrames: number): readonly Placement[] {
  const first = firstFinalFrame(given, finalFrames);
  const ratio = finalFrames / stageFrames;
  const placements = Array.from({ length: given.source.frames }, (_, sourceFrame) => ({
    sourceFrame,
    frame: (first + sourceFrame) / ratio,
  }));
  const landing = placements.filter(({ frame }) => Number.isInteger(frame));
  if (landing.length > 0) return landing;
  return placements.slice(0, 1).map(({ sourceFrame, frame }) => ({
    sourceFrame,
    frame: Math.min(stageFrames - 1, Math.round(frame)),
  }));
}

function firstFinalFrame({ atFrame, source }: GivenFrames, finalFrames: number): number {
  const first = atFrame < 0 ? finalFrames + atFrame : atFrame;
  if (first >= 0 && first + source.frames <= finalFrames) return first;
  const least = source.frames === 1 ? '' : ` (${source.frames} of them)`;
  throw new SluiceError(
    'invalid-shot',
    `Given frames${least} at frame ${atFrame} do not lie within the clip's ${finalFrames} frames. ` +
      `Use 0 to ${finalFrames - source.frames}, or −${finalFrames} to −${source.frames} to count from the end.`,
    { details: { atFrame } },
  );
}
