/** In English: the ladder. */
export const ladderTexts = {
  'ladder.label': 'Ladder of {name}',
  'ladder.grid': '{frames} f, {fps} fps',
  'ladder.empty': 'Not made',
  'ladder.stale': 'Stale',
  'ladder.queued': 'Queued',
  'ladder.running': 'Step {step}/{steps}',
  'ladder.paused': 'Paused',
  'ladder.done': 'Done',
  'ladder.replaced': 'Given',
  'ladder.failed': 'Failed: {reason}',
  'ladder.run': 'Run up to {stage}',
  'ladder.again': 'Run again from {stage}',
  'ladder.estimate': 'about {seconds} s',
  'ladder.show': 'Show {stage} in the viewer',
} as const;
