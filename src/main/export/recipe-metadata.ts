/**
 * A recipe as the metadata of a media file: the tag `comment`, which every container and most tools keep, holds its JSON; the
 * tag `title` the prompt, or the title of the project. Written and read in ffmpeg's own metadata text format (ffmpeg-formats, "Metadata"), because an
 * argument of a command may be too short for a recipe. Pure.
 */
import type { AnyRecipe } from '#shared/recipe';

const longestTitle = 200;

export function metadataText(recipe: AnyRecipe): string {
  const name = recipe.format === 'sluice-recipe' ? recipe.shot.prompts[0]?.prompt : recipe.project.title;
  const title = (name ?? '').replace(/\s+/g, ' ').slice(0, longestTitle);
  return `;FFMETADATA1\ntitle=${escape(title)}\ncomment=${escape(JSON.stringify(recipe))}\n`;
}

/** The global tags of a metadata text; sections (streams, chapters) are left out. Names in lower case. */
export function parseMetadata(text: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const line of logicalLines(text)) {
    if (line.startsWith('[')) break;
    const name = /^((?:[^=\\]|\\.)+)=/s.exec(line)?.[1];
    if (name === undefined || line.startsWith(';') || line.startsWith('#')) continue;
    tags.set(unescape(name).toLowerCase(), unescape(line.slice(name.length + 1)));
  }
  return tags;
}

/** Lines that end at a newline without a backslash before it. */
function logicalLines(text: string): readonly string[] {
  return text.match(/(?:[^\n\\]|\\[^])+/g) ?? [];
}

function escape(value: string): string {
  return value.replace(/[=;#\\\n]/g, '\\$&');
}

function unescape(value: string): string {
  return value.replace(/\\([^])/g, '$1');
}
