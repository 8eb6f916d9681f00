import { defineCommand } from '../command';
export const replayCommand = defineCommand(
  { name: 'replay', summary: '', synopsis: '', options: {}, examples: [] },
  () => Promise.resolve(0),
);
