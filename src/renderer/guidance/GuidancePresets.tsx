/** Guidance from a list: the usual kinds, and those that this person keeps under a name. */
import { useState } from 'react';
import type { GuidanceCurve } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import { longestPresetName, type GuidancePreset } from '#shared/studio/settings';
import { Actions } from '../controls/Actions';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { TextField } from '../controls/TextField';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import styles from './guidance.module.css';
import { builtInCurve, builtInPresets, fittingCurve, isSameCurve, renamed, withPreset } from './presets';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly support: StageSpec['guidance'];
  readonly isDisabled: boolean;
  readonly onChange: (curve: GuidanceCurve) => void;
}

/** No name of a preset: those are trimmed. */
const own = ' ';
const builtIn = ' built-in ';

/** What is being named: a new preset, or one that gets another name. */
type Naming = { readonly from: string | undefined; readonly text: string };

export function GuidancePresets({ curve, steps, support, isDisabled, onChange }: Props) {
  const say = useSay();
  const studio = useStudio();
  const kept = useSettings((settings) => settings.guidancePresets);
  const [naming, setNaming] = useState<Naming>();
  const curves = new Map<string, GuidanceCurve>([
    ...builtInPresets.map((id) => [builtIn + id, fittingCurve(builtInCurve(id, steps), support)] as const),
    ...kept.map(({ name, curve: each }) => [name, fittingCurve(each, support)] as const),
  ]);
  const chosen = [...curves].find(([, each]) => isSameCurve(each, curve))?.[0] ?? own;
  const chosenKept = kept.find(({ name }) => name === chosen);
  const keep = (presets: GuidancePreset[]): void => changeSettings(studio, { guidancePresets: presets });
  const finish = (): void => {
    const name = naming?.text.trim() ?? '';
    if (naming !== undefined && name !== '')
      keep(naming.from === undefined ? withPreset(kept, { name, curve }) : renamed(kept, naming.from, name));
    setNaming(undefined);
  };
  if (naming !== undefined) return <NameField naming={naming} onChange={setNaming} onDone={finish} />;
  return (
    <span className={styles['presets']}>
      <Menu
        label={say('guidance.preset')}
        value={chosen}
        options={[
          ...(chosen === own ? [{ value: own, label: say('guidance.own') }] : []),
          ...builtInPresets.map((id) => ({ value: builtIn + id, label: say(`guidance.preset.${id}`) })),
          ...kept.map(({ name }) => ({ value: name, label: name })),
        ]}
        isDisabled={isDisabled}
        onChange={(name) => {
          const next = curves.get(name);
          if (next !== undefined) onChange(next);
        }}
      />
      <Actions
        label={say('guidance.presetActions')}
        actions={[
          { id: 'save', label: say('guidance.save'), run: () => setNaming({ from: undefined, text: '' }) },
          {
            id: 'rename',
            label: say('guidance.rename'),
            isDisabled: chosenKept === undefined,
            run: () => setNaming({ from: chosen, text: chosen }),
          },
          {
            id: 'delete',
            label: say('guidance.delete'),
            isDisabled: chosenKept === undefined,
            run: () => keep(kept.filter(({ name }) => name !== chosen)),
          },
        ]}
      />
    </span>
  );
}

interface NameProps {
  readonly naming: Naming;
  readonly onChange: (naming: Naming | undefined) => void;
  readonly onDone: () => void;
}

function NameField({ naming, onChange, onDone }: NameProps) {
  const say = useSay();
  return (
    <span
      className={styles['presets']}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onChange(undefined);
      }}
    >
      <TextField
        label={say('guidance.presetName')}
        placeholder={say('guidance.presetName')}
        value={naming.text}
        maxLength={longestPresetName}
        isFocused
        onChange={(text) => onChange({ ...naming, text })}
        onEnter={onDone}
      />
      <Button disabled={naming.text.trim() === ''} onClick={onDone}>
        {say('guidance.keep')}
      </Button>
    </span>
  );
}
