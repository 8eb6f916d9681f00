import { defineCommand } from '../command';
export const artifactsCommand = defineCommand(
  { name: 'artifacts', summary: '', synopsis: '', options: {}, examples: [] },
  () => Promise.resolve(0),
);
