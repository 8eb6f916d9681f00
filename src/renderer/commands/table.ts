/** All commands, and which of them a stroke means. */
import type { Command } from './command';
import { editCommands } from './edit-commands';
import { generateCommands } from './generate-commands';
import { playCommands } from './play-commands';
import { viewCommands } from './view-commands';

export const commands: readonly Command[] = [...editCommands, ...playCommands, ...viewCommands, ...generateCommands];

const byKey = new Map(commands.flatMap((command) => command.keys.map((key) => [key, command] as const)));

export function commandOf(stroke: string): Command | undefined {
  return byKey.get(stroke);
}
