/** In English: the library of shots and media. */
export const libraryTexts = {
  'library.shots': 'Shots',
  'library.media': 'Media',
  'library.empty': 'No shots yet. Describe one in the prompt bar and press Enter.',
  'library.take': 'Take {number}',
  'library.seed': 'seed {seed}',
  'library.newTake': 'New take of {shot}, with another seed',
  'library.place': 'Put {shot} on the timeline at the playhead',
  'library.actions': 'Actions for {shot}',
  'library.rename': 'Rename',
  'library.shotName': 'Name of {shot}',
  'library.remove': 'Remove from the project',
  'library.removeUsed': 'Remove with the clips that show it ({count})',
  'library.rate': 'Rate take {number}: {rating} of 5',
  'library.rating': 'Rating of take {number}',
  'library.stagesMade': '{made} of {stages} stages',
} as const;
