/** Reads the recipe of an exported clip: from inside the file, else from beside it; or a recipe file itself. */
import { readFile, stat } from 'node:fs/promises';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { anyRecipeSchema, type AnyRecipe, type Recipe } from '#shared/recipe';
import { mediaFormatOf } from '../media/media-format';
import { fileInput, runFfmpeg } from '../media/run-ffmpeg';
import { parseJson } from '../files/json-file';
import { recipePathOf } from './output-target';
import { parseMetadata } from './recipe-metadata';

/** A recipe of sixteen long prompts in any script has less than 300 KB, one of an edit with 10,000 clips less than 16 MB. */
const mostBytes = 32 * 1024 ** 2;
const limitSec = 30;

/** As `readAnyRecipe`, of a clip; throws `recipe-invalid` for the recipe of an edit. */
export async function readRecipe(file: string, ffmpegPath: string | undefined, signal: AbortSignal): Promise<Recipe> {
  const recipe = await readAnyRecipe(file, ffmpegPath, signal);
  if (recipe.format === 'sluice-recipe') return recipe;
  throw new SluiceError(
    'recipe-invalid',
    `"${file}" is an edit of ${recipe.takes.length} takes, not one clip. Use a clip, or "sluice replay" for the edit.`,
    { details: { file } },
  );
}

/**
 * `ffmpegPath` undefined: only what lies beside is found. Throws `recipe-invalid` where there is none or a damaged one,
 * `media-unreadable` where there is no such file.
 */
export async function readAnyRecipe(
  file: string,
  ffmpegPath: string | undefined,
  signal: AbortSignal,
): Promise<AnyRecipe> {
  const kind = await stat(file).catch((cause: unknown) => {
    throw new SluiceError('media-unreadable', `"${file}" cannot be read: ${reason(cause)}. Check the name.`, { cause });
  });
  if (kind.isFile() && file.toLowerCase().endsWith('.json')) return parseRecipe(file, await readText(file));
  const inside = kind.isFile() && ffmpegPath !== undefined ? await embeddedText(file, ffmpegPath, signal) : undefined;
  if (inside !== undefined) return parseRecipe(file, inside);
  const beside = recipePathOf(file);
  try {
    return parseRecipe(beside, await readText(beside));
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    const looked = ffmpegPath === undefined ? 'without ffmpeg it cannot be looked into' : 'it holds none';
    throw new SluiceError(
      'recipe-invalid',
      `"${file}" has no recipe: ${looked}, and there is no "${beside}". Only clips that Sluice exported have one.`,
      { details: { file } },
    );
  }
}

/** The tag `comment`, if it looks like a recipe at all. */
async function embeddedText(file: string, ffmpegPath: string, signal: AbortSignal): Promise<string | undefined> {
  let metadata = '';
  const output = (chunk: Uint8Array): void => {
    metadata += Buffer.from(chunk).toString('latin1');
    if (metadata.length > mostBytes)
      throw new SluiceError('recipe-invalid', `"${file}" has more than ${mostBytes} bytes of metadata.`);
  };
  const { demuxer } = await mediaFormatOf(file);
  const args = [...fileInput(demuxer, file), '-map_metadata', '0', '-f', 'ffmetadata', 'pipe:1'];
  try {
    await runFfmpeg({ ffmpegPath, args, output, limitSec, signal });
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'ffmpeg-failed') return undefined;
    throw error;
  }
  const comment = parseMetadata(Buffer.from(metadata, 'latin1').toString('utf8')).get('comment');
  return comment !== undefined && /"sluice-(edit-)?recipe"/.test(comment) ? comment : undefined;
}

function parseRecipe(from: string, text: string): AnyRecipe {
  const parsed = anyRecipeSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const why = issue === undefined ? '' : ` (${issue.path.join('.') || 'as a whole'}: ${issue.message})`;
  throw new SluiceError(
    'recipe-invalid',
    `The recipe of "${from}" is damaged or of a newer Sluice${why}. Use an undamaged copy.`,
    { details: { from } },
  );
}

async function readText(file: string): Promise<string> {
  if ((await stat(file)).size > mostBytes)
    throw new SluiceError('recipe-invalid', `"${file}" is too large for a recipe (more than ${mostBytes} bytes).`);
  return readFile(file, 'utf8');
}

function reason(cause: unknown): string {
  return fileErrorCode(cause) === 'ENOENT'
    ? 'there is no such file'
    : String(cause instanceof Error ? cause.message : cause);
}
