/** In English: the frame around everything: bar, panels, saving, dialogs. */
export const frameTexts = {
  'app.untitled': 'Untitled',
  'app.connecting': 'Connecting to the studio…',
  'app.lost': 'The connection to Sluice is lost: {reason} Trying again, attempt {attempt}.',
  'app.failed': 'The studio could not open: {reason}',
  'app.readOnly': 'Open elsewhere: read only',

  'save.saved': 'Saved',
  'save.saving': 'Saving {count}…',
  'save.failed': 'Not saved: {reason}',

  'bar.label': 'Project',
  'bar.undo': 'Undo {edit}',
  'bar.redo': 'Redo {edit}',
  'bar.nothingToUndo': 'Nothing to undo',
  'bar.nothingToRedo': 'Nothing to redo',
  'bar.commands': 'Commands',
  'bar.theme': 'Switch between light and dark',
  'bar.language': 'Language',
  'bar.shortcuts': 'Keyboard shortcuts',

  'panel.library': 'Library',
  'panel.viewer': 'Viewer',
  'panel.timeline': 'Timeline',
  'panel.inspector': 'Inspector',
  'panel.queue': 'Queue',
  'panel.resize': 'Resize {panel}',

  'dialog.close': 'Close',
  'dialog.cancel': 'Cancel',
  'toast.undo': 'Undo',
} as const;
