/** What a command is: something a person can do by key, by the palette, or by a button. One table (`table.ts`) has them all. */
import type { Studio } from '../studio/studio';
import type { TextKey } from '../text/english';

export const groups = ['edit', 'play', 'view', 'generate', 'studio'] as const;
export type CommandGroup = (typeof groups)[number];

export interface Command {
  readonly id: string;
  readonly name: TextKey;
  readonly group: CommandGroup;
  /** Strokes as `strokeName` gives them; the first is shown. */
  readonly keys: readonly string[];
  readonly run: (studio: Studio) => void;
}
