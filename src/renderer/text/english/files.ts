/** In English: the dialog for files and folders. */
export const filesTexts = {
  'files.folder': 'Folder',
  'files.name': 'Name',
  'files.entries': 'In this folder',
  'files.up': 'Up',
  'files.choose': 'Choose',
  'files.save': 'Save',
  'files.nothing': 'Nothing to choose here.',
  'files.cutShort': 'Only the first {count} are shown: type the path instead.',
} as const;
