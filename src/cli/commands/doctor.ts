import { defineCommand } from '../command';
export const doctorCommand = defineCommand(
  { name: 'doctor', summary: '', synopsis: '', options: {}, examples: [] },
  () => Promise.resolve(0),
);
