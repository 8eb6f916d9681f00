/** Says which preset is gone, with the way back: it returns to its place among those that are there by then. */
import { useEffect } from 'react';
import type { ChosenSettings, Settings } from '#shared/studio/settings';
import { notify } from '../controls/notify';
import { removedPreset, withAgain } from '../presets/preset-list';
import { changeSettings } from '../studio/change-settings';
import { useStudio } from '../studio/use-studio';
import type { TextKey } from '../text/english';
import { sayIn } from '../text/text';

interface Gone {
  readonly words: TextKey;
  readonly name: string;
  readonly putBack: (settings: Settings) => ChosenSettings;
}

/** Also where another window removed it: it is gone from all of them, and comes back to all. */
export function usePresetToasts(): void {
  const studio = useStudio();
  useEffect(
    () =>
      studio.settings.subscribe((now, before) => {
        const say = sayIn(studio.view.getState().language);
        for (const { words, name, putBack } of goneBetween(before, now))
          notify(say(words, { name }), {
            label: say('toast.undo'),
            run: () => changeSettings(studio, putBack(studio.settings.getState())),
          });
      }),
    [studio],
  );
}

function goneBetween(before: Settings, now: Settings): readonly Gone[] {
  const guidance = removedPreset(before.guidancePresets, now.guidancePresets);
  const direction = removedPreset(before.directionPresets, now.directionPresets);
  const gone: Gone[] = [];
  if (guidance !== undefined)
    gone.push({
      ...{ words: 'removed.preset', name: guidance.preset.name },
      putBack: ({ guidancePresets }) => ({ guidancePresets: withAgain(guidancePresets, guidance) }),
    });
  if (direction !== undefined)
    gone.push({
      ...{ words: 'removed.direction', name: direction.preset.name },
      putBack: ({ directionPresets }) => ({ directionPresets: withAgain(directionPresets, direction) }),
    });
  return gone;
}
