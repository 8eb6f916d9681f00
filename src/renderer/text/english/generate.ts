/** In English: asking for pictures: prompt bar, queue. */
export const generateTexts = {
  'prompt.label': 'Describe a new shot',
  'prompt.placeholder': 'Describe a shot: a red boat sails past snowy mountains at dusk',
  'prompt.generate': 'Generate',
  'prompt.stopAt': 'Up to',
  'prompt.noPack': 'No model pack is installed: install one to generate.',

  'queue.empty': 'Nothing is queued.',
  'queue.job': '{shot}, take {take}',
  'queue.waiting': 'Waiting, {place} in line',
  'queue.running': '{stage}: step {step} of {steps}',
  'queue.starting': 'Starting',
  'queue.paused': 'Paused',
  'queue.cancelled': 'Cancelled',
  'queue.failed': 'Failed: {reason}',
  'queue.cancel': 'Cancel {job}',
  'queue.pause': 'Pause {job}',
  'queue.resume': 'Resume {job}',
  'queue.retry': 'Try {job} again',
  'queue.earlier': 'Run {job} earlier',
  'queue.left': '{seconds} s left',
} as const;
