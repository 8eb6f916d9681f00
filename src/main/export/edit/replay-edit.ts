/**
 * Makes the takes of an exported edit again from its recipe and says how close that came. Composing is the same arithmetic on every machine
 * (docs/decisions/0007-compositing.md), so where every take is equal and media are known by their hash, the edit is equal.
 */
import type { TakeId } from '#shared/project/ids';
import type { EditRecipe, Recipe } from '#shared/recipe';
import type { StageComparison } from '../../replay-recipe';

export type TakeComparison = { readonly takeId: TakeId; readonly name: string } & (
  | { readonly kind: 'replayed'; readonly stages: readonly StageComparison[] }
  /** Its frames were stale when they were exported: the recipe knows their hash, not how they were made. */
  | { readonly kind: 'unknown' }
);

export interface EditComparison {
  readonly takes: readonly TakeComparison[];
  /** Imported media that the edit shows or plays, which nothing can make again: by the hash of their files. */
  readonly media: readonly { readonly name: string; readonly sha256: string }[];
}

/** Throws what `replay` throws. One take after the other. */
export async function replayEdit(
  recipe: EditRecipe,
  replay: (recipe: Recipe) => Promise<readonly StageComparison[]>,
): Promise<EditComparison> {
  const takes: TakeComparison[] = [];
  for (const { takeId, stage, recipe: made } of recipe.takes) {
    const named = { takeId, name: `${nameOf(recipe, takeId)}, ${stage}` };
    if (made === undefined) takes.push({ ...named, kind: 'unknown' });
    else takes.push({ ...named, kind: 'replayed', stages: await replay(made) });
  }
  return { takes, media: recipe.project.media.map(({ name, sha256 }) => ({ name, sha256 })) };
}

/** Whether every take came out byte by byte as it was. */
export function isEqualEdit({ takes }: EditComparison): boolean {
  return takes.every((take) => take.kind === 'replayed' && take.stages.every(({ kind }) => kind === 'equal'));
}

function nameOf({ project }: EditRecipe, takeId: TakeId): string {
  const take = project.takes.find(({ id }) => id === takeId);
  const shot = project.shots.find(({ id }) => id === take?.shotId);
  return `${shot?.name ?? 'a shot'}, take ${take?.number ?? '?'}`;
}
