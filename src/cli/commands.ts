/** All commands, in the order of the help. To add one, write a file like `commands/doctor.ts` and name it here. */
import type { Command } from './command';
import { artifactsCommand } from './commands/artifacts';
import { doctorCommand } from './commands/doctor';
import { exportCommand } from './commands/export';
import { generateCommand } from './commands/generate';
import { packsCommand } from './commands/packs';
import { replayCommand } from './commands/replay';
import { serveCommand } from './commands/serve';

export const commands: readonly Command[] = [
  serveCommand,
  generateCommand,
  replayCommand,
  exportCommand,
  packsCommand,
  artifactsCommand,
  doctorCommand,
];
