/** Which keys a command has: its own, or the one that a person gave it instead. */
import type { Settings } from '#shared/studio/settings';
import type { Command } from './command';
import type { KeyLabels } from './key-labels';
import { isMacIn, readable } from './keys';

/** By a command's id: its only stroke; '' for none. */
export type Remaps = Settings['shortcuts'];

export function keysOf({ id, keys }: Pick<Command, 'id' | 'keys'>, remaps: Remaps): readonly string[] {
  const remap = remaps[id];
  if (remap === undefined) return keys;
  return remap === '' ? [] : [remap];
}

/** The command that a stroke means. What a person chose goes before what a command has by itself. */
export function commandOf(commands: readonly Command[], stroke: string, remaps: Remaps): Command | undefined {
  const meant = commands.filter((command) => keysOf(command, remaps).includes(stroke));
  return meant.find(({ id }) => remaps[id] !== undefined) ?? meant[0];
}

/** The first key of a command, for this machine and keyboard; '' where it has none. */
export function shownKeys(command: Pick<Command, 'id' | 'keys'>, remaps: Remaps, labels: KeyLabels): string {
  const [key] = keysOf(command, remaps);
  return key === undefined ? '' : readable(key, isMacIn(navigator.userAgent), labels);
}

/** The remaps after `stroke` was given to a command and taken from every other; `undefined` gives its own back. */
export function remapped(commands: readonly Command[], remaps: Remaps, id: string, stroke: string | undefined): Remaps {
  const next = new Map(Object.entries(remaps));
  const command = commands.find((each) => each.id === id);
  if (stroke === undefined) next.delete(id);
  else next.set(id, stroke);
  const taken = stroke === undefined ? (command?.keys ?? []) : [stroke];
  for (const other of commands) {
    if (other.id === id) continue;
    const left = keysOf(other, remaps).filter((key) => key !== '' && !taken.includes(key));
    if (left.length < keysOf(other, remaps).length) next.set(other.id, left[0] ?? '');
  }
  return Object.fromEntries(next);
}
