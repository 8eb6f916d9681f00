/** In English: the first-run tour. */
export const tourTexts = {
  'tour.count': '{at} of {of}',
  'tour.prompt': 'Say what shall be seen',
  'tour.promptWords':
    'Describe a shot and press Enter. The smallest stage answers at once with a moving picture; only what you keep is carried further.',
  'tour.viewer': 'Look from the first step on',
  'tour.viewerWords':
    'The whole clip moves here while it is still being made. Space plays, J, K and L shuttle; any two stages or takes can be compared by a wipe.',
  'tour.timeline': 'Climb the ladder',
  'tour.timelineWords':
    'Select a clip and press Enter: it opens into its stages, each kept and playable. Change one, and only those above it are made again.',
  'tour.inspector': 'Draw the guidance',
  'tour.inspectorWords':
    'Prompt, seed and every stage’s settings are here. Guidance is a curve over the steps: drag it, and see what a change costs before it runs.',
  'tour.rest': 'Everything else',
  'tour.restWords': 'Other projects are behind this name. Every command, screen and setting is in the palette: {keys}.',
  'tour.skip': 'Skip the tour',
  'tour.back': 'Back',
  'tour.next': 'Next',
  'tour.end': 'Begin',
} as const;
