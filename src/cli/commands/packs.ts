import { defineCommand } from '../command';
export const packsCommand = defineCommand({ name: 'packs', summary: '', synopsis: '', options: {}, examples: [] }, () =>
  Promise.resolve(0),
);
