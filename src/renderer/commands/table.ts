/** All commands of the window. A row more is a command more: its key, its name in the palette and in the sheet. */
import type { Command } from './command';
import { directingCommands } from './directing-commands';
import { editCommands } from './edit-commands';
import { generateCommands } from './generate-commands';
import { mediaCommands } from './media-commands';
import { playCommands } from './play-commands';
import { studioCommands } from './studio-commands';
import { timelineCommands } from './timeline-commands';
import { viewCommands } from './view-commands';

export const commands: readonly Command[] = [
  ...editCommands,
  ...timelineCommands,
  ...mediaCommands,
  ...playCommands,
  ...viewCommands,
  ...generateCommands,
  ...directingCommands,
  ...studioCommands,
];
