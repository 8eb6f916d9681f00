/** Says which guidance preset is gone, with the way back: it returns to its place among those that are there by then. */
import { useEffect } from 'react';
import type { GuidancePreset } from '#shared/studio/settings';
import { notify } from '../controls/notify';
import { changeSettings } from '../studio/change-settings';
import { useStudio } from '../studio/use-studio';
import { sayIn } from '../text/text';

/** Also where another window removed it: it is gone from all of them, and comes back to all. */
export function usePresetToasts(): void {
  const studio = useStudio();
  useEffect(
    () =>
      studio.settings.subscribe(({ guidancePresets: now }, { guidancePresets: before }) => {
        const removed = removedPreset(before, now);
        if (removed === undefined) return;
        const say = sayIn(studio.view.getState().language);
        const putBack = (): void =>
          changeSettings(studio, { guidancePresets: withAgain(studio.settings.getState().guidancePresets, removed) });
        notify(say('removed.preset', { name: removed.preset.name }), { label: say('toast.undo'), run: putBack });
      }),
    [studio],
  );
}

interface RemovedPreset {
  readonly preset: GuidancePreset;
  /** Where it stood. */
  readonly at: number;
}

/** Undefined where none became fewer: one with another name is no removal. */
export function removedPreset(
  before: readonly GuidancePreset[],
  now: readonly GuidancePreset[],
): RemovedPreset | undefined {
  if (now.length >= before.length) return undefined;
  const at = before.findIndex(({ name }) => now.every((preset) => preset.name !== name));
  const preset = before[at];
  return preset && { preset, at };
}

/** As it is where its name has been given anew meanwhile. */
export function withAgain(presets: readonly GuidancePreset[], { preset, at }: RemovedPreset): GuidancePreset[] {
  return presets.some(({ name }) => name === preset.name) ? [...presets] : presets.toSpliced(at, 0, preset);
}
