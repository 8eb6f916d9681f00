/** In English: the timeline. */
export const timelineTexts = {
  'timeline.label': 'Timeline of {project}',
  'timeline.empty': 'Your first shot will appear here.',
  'timeline.track': 'Track {name}',
  'timeline.mute': 'Mute {name}',
  'timeline.lock': 'Lock {name}',
  'timeline.clip': '{name}, {length} from {start}',
  'timeline.selected': '{count} clips selected',
} as const;
