/** Guidance from a list: the usual kinds, and those that this person keeps under a name. */
import type { GuidanceCurve } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import type { GuidancePreset } from '#shared/studio/settings';
import { renamed, withPreset } from '../presets/preset-list';
import { own, PresetMenu } from '../presets/PresetMenu';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import { builtInCurve, builtInPresets, fittingCurve, isSameCurve } from './presets';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly support: StageSpec['guidance'];
  readonly isDisabled: boolean;
  readonly onChange: (curve: GuidanceCurve) => void;
}

/** Begins no name of a preset: those are trimmed. */
const builtIn = ' built-in ';

export function GuidancePresets({ curve, steps, support, isDisabled, onChange }: Props) {
  const say = useSay();
  const studio = useStudio();
  const kept = useSettings((settings) => settings.guidancePresets);
  const curves = new Map<string, GuidanceCurve>([
    ...builtInPresets.map((id) => [builtIn + id, fittingCurve(builtInCurve(id, steps), support)] as const),
    ...kept.map(({ name, curve: each }) => [name, fittingCurve(each, support)] as const),
  ]);
  const chosen = [...curves].find(([, each]) => isSameCurve(each, curve))?.[0] ?? own;
  const keep = (presets: GuidancePreset[]): void => changeSettings(studio, { guidancePresets: presets });
  return (
    <PresetMenu
      words={{
        menu: say('guidance.preset'),
        own: say('guidance.own'),
        actions: say('guidance.presetActions'),
        name: say('guidance.presetName'),
        save: say('guidance.save'),
      }}
      options={[
        ...builtInPresets.map((id) => ({ value: builtIn + id, label: say(`guidance.preset.${id}`) })),
        ...kept.map(({ name }) => ({ value: name, label: name })),
      ]}
      chosen={chosen}
      isKept={kept.some(({ name }) => name === chosen)}
      isDisabled={isDisabled}
      onChoose={(name) => {
        const next = curves.get(name);
        if (next !== undefined) onChange(next);
      }}
      onSave={(name) => keep(withPreset(kept, { name, curve }))}
      onRename={(to) => keep(renamed(kept, chosen, to))}
      onDelete={() => keep(kept.filter(({ name }) => name !== chosen))}
    />
  );
}
