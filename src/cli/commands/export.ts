import { defineCommand } from '../command';
export const exportCommand = defineCommand(
  { name: 'export', summary: '', synopsis: '', options: {}, examples: [] },
  () => Promise.resolve(0),
);
