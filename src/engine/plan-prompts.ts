/** Which prompt each frame follows, and whether the pack can follow them at all. */
import { SluiceError } from '#shared/errors';
import type { ClipShape, PackManifest } from '#shared/pack-manifest';
import type { Shot } from '#shared/shot';

/** For every frame of a clip the index of the last part that has begun when the frame is shown. */
export function partOfFrame(parts: Shot['prompts'], clip: ClipShape): readonly number[] {
  return Array.from({ length: clip.frames }, (_, frame) =>
    Math.max(
      0,
      parts.findLastIndex((part) => part.fromSec <= frame / clip.fps),
    ),
  );
}

/** Throws `invalid-shot` for prompts that no stage of the pack would heed. */
export function requirePrompts(manifest: PackManifest, { prompts, negativePrompt }: Shot): void {
  if (prompts.length > 1 && !manifest.capabilities.promptParts)
    throw new SluiceError(
      'invalid-shot',
      `The shot has ${prompts.length} prompt parts, but the pack "${manifest.name}" follows one prompt per clip. Use one.`,
    );
  const lengthSec = Math.max(...manifest.stages.map(({ output }) => output.frames / output.fps));
  const late = prompts.find((part) => part.fromSec >= lengthSec);
  if (late !== undefined)
    throw new SluiceError(
      'invalid-shot',
      `A prompt part begins at ${late.fromSec} s, but the clip ends at ${lengthSec.toFixed(2)} s. Let it begin earlier.`,
    );
  if (negativePrompt !== '' && manifest.stages.every(({ guidance }) => guidance.kind === 'none'))
    throw new SluiceError(
      'invalid-shot',
      `No stage of the pack "${manifest.name}" is guided, so none heeds a negative prompt. Leave it out, or use another pack.`,
    );
}
