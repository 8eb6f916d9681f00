/** In English: the viewer. */
export const viewerTexts = {
  'viewer.label': 'Picture of {name}',
  'viewer.picture': 'Picture',
  'viewer.ladder': 'Ladder',
  'viewer.nothing': 'Nothing to show at this frame',
  'viewer.fit': 'Fit',
  'viewer.actual': '100 %',
  'viewer.scale': 'Scale',
  'viewer.edit': 'Edit',
  'viewer.source': 'What is shown',
  'viewer.compareWith': 'Compare with',
  'viewer.noCompare': 'No comparison',
  'viewer.wipe': 'Wipe position',
  'viewer.time': 'Time',
  'viewer.rate': '{rate}×',
} as const;
