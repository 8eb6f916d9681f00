/** The frames that a person wants exported, and the recipe that made them: by an artifact's key, a frame file, or a clip that was exported. */
import { stat } from 'node:fs/promises';
import { SluiceError } from '#shared/errors';
import type { Recipe } from '#shared/recipe';
import type { Sha256 } from '#shared/units';
import type { ArtifactStore } from '../artifacts/artifact-store';
import { artifactByKey } from '../media/artifact-by-key';
import { isFrameFile } from '../media/media-format';
import { readRecipe } from './read-recipe';

export interface FoundClip {
  readonly framesPath: string;
  /** Of the artifact that these are the frames of; absent for a file of somebody's own. */
  readonly key?: Sha256;
  /** Absent where only frames are known. */
  readonly recipe?: Recipe;
  /** For naming the output. */
  readonly name: string;
}

export interface ClipSearch {
  readonly artifacts: ArtifactStore;
  /** Undefined: recipes inside files cannot be read. */
  readonly ffmpegPath: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * `stage`: of an exported clip, another stage than its last. Throws `artifact-missing`, `recipe-invalid`, `invalid-argument`,
 * `media-unreadable`.
 */
export async function findClip(search: ClipSearch, source: string, stage: string | undefined): Promise<FoundClip> {
  const isThere = await stat(source).then(
    () => true,
    () => false,
  );
  const isFrames = isThere && (await stat(source)).isFile() && (await isFrameFile(source));
  if (isThere && !isFrames) return stageOfClip(search, source, stage);
  if (stage !== undefined)
    throw new SluiceError(
      'invalid-argument',
      `--stage chooses a stage of an exported clip, but "${source}" is the frames of one stage. Leave it out.`,
    );
  if (isFrames) return { framesPath: source, name: 'clip' };
  const { key, path, metadata } = await artifactByKey(search.artifacts, source);
  const made = metadata.origin.kind === 'stage' ? metadata.origin.stage : 'clip';
  return { framesPath: path, key, name: `${made}-${key.slice(0, 8)}` };
}

async function stageOfClip(
  { artifacts, ffmpegPath, signal }: ClipSearch,
  file: string,
  stage: string | undefined,
): Promise<FoundClip> {
  const recipe = await readRecipe(file, ffmpegPath, signal);
  const index = stage === undefined ? recipe.stages.length - 1 : recipe.stages.findIndex(({ id }) => id === stage);
  const chosen = recipe.stages[index];
  if (chosen === undefined) {
    const known = recipe.stages.map(({ id }) => id).join(', ');
    throw new SluiceError('invalid-argument', `"${file}" was made without a stage "${stage ?? ''}". It has ${known}.`);
  }
  const artifact = await artifacts.find(chosen.key);
  if (artifact === undefined)
    throw new SluiceError(
      'artifact-missing',
      `The frames of stage "${chosen.id}" of "${file}" are no longer kept. Generate the clip again with the same prompt and seed.`,
      {
        details: { key: chosen.key },
      },
    );
  const shot = { ...recipe.shot, stopAt: chosen.id };
  const upToHere = { ...recipe, shot, stages: recipe.stages.slice(0, index + 1) };
  return { framesPath: artifact.path, key: artifact.key, recipe: upToHere, name: chosen.id };
}
