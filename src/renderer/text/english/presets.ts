/** In English: presets of any kind, and those of the direction of shots. */
export const presetsTexts = {
  'preset.rename': 'Rename this preset…',
  'preset.delete': 'Delete this preset',
  'preset.keep': 'Keep',

  'direction.label': 'Direction',
  'direction.preset': 'Direction preset',
  'direction.own': 'Own settings',
  'direction.presetActions': 'Actions for direction presets',
  'direction.presetName': 'Name of the direction preset',
  'direction.save': 'Keep this direction as a preset…',
  'direction.hint': 'How all stages are generated, and up to which; not prompts, seeds and given frames.',
  'direction.leftOut': 'Left out, as the pack has no such thing: {what}.',
  'direction.leftOutField': '{field} of {stage}',
  'direction.leftOutShots': '{count} shots stay as they are: their packs are not installed.',
} as const;
