/** How one or several shots are generated, from presets that this person keeps: applied to all of them as one edit. */
import { directShots } from '#shared/project/edits/shots';
import type { ProjectShot } from '#shared/project/project-shot';
import type { DirectionPreset } from '#shared/studio/settings';
import { notify } from '../controls/notify';
import { renamed, withPreset } from '../presets/preset-list';
import { own, PresetMenu } from '../presets/PresetMenu';
import { changeSettings } from '../studio/change-settings';
import type { Pack } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import type { Say } from '../text/text';
import { directedBy, directionOf, fittingDirection, isSameDirection, type LeftOut } from './direction-preset';
import { Field } from './Field';
import styles from './inspector.module.css';

/** With the pack that makes it; absent: that is not installed, and nobody can say what fits it. */
export interface ShotWithPack {
  readonly shot: ProjectShot;
  readonly pack: Pack | undefined;
}

interface Props {
  /** At least one. */
  readonly shots: readonly ShotWithPack[];
  readonly isDisabled: boolean;
}

export function DirectionPresets({ shots, isDisabled }: Props) {
  const say = useSay();
  const studio = useStudio();
  const kept = useSettings((settings) => settings.directionPresets);
  const withPacks = shots.flatMap(({ shot, pack }) => (pack === undefined ? [] : [{ shot, pack }]));
  const [first, ...others] = withPacks.map(({ shot }) => directionOf(shot));
  const shared = first !== undefined && others.every((each) => isSameDirection(each, first)) ? first : undefined;
  const chosen = kept.find((preset) => isDirectedBy(withPacks, preset))?.name ?? own;
  const keep = (presets: DirectionPreset[]): void => changeSettings(studio, { directionPresets: presets });
  return (
    <div className={styles['section']}>
      <Field label={say('direction.label')}>
        <PresetMenu
          words={{
            menu: say('direction.preset'),
            own: say('direction.own'),
            actions: say('direction.presetActions'),
            name: say('direction.presetName'),
            save: say('direction.save'),
          }}
          options={kept.map(({ name }) => ({ value: name, label: name }))}
          chosen={chosen}
          isKept={chosen !== own}
          canSave={shared !== undefined}
          isDisabled={isDisabled || withPacks.length === 0}
          onChoose={(name) => {
            const preset = kept.find((each) => each.name === name);
            if (preset !== undefined) apply(studio, preset, withPacks, shots.length - withPacks.length, say);
          }}
          onSave={(name) => shared !== undefined && keep(withPreset(kept, { name, ...shared }))}
          onRename={(to) => keep(renamed(kept, chosen, to))}
          onDelete={() => keep(kept.filter(({ name }) => name !== chosen))}
        />
      </Field>
      <p className={styles['hint']}>{say('direction.hint')}</p>
    </div>
  );
}

type Directable = ShotWithPack & { readonly pack: Pack };

/** Says what of it was left out, if anything; `others`: as many shots more that nothing can be said of. */
function apply(studio: Studio, preset: DirectionPreset, shots: readonly Directable[], others: number, say: Say): void {
  const fitted = shots.map(({ shot, pack }) => ({ shot, ...fittingDirection(preset, pack.manifest.stages) }));
  const directed = fitted.map(({ shot, direction }) => directedBy(shot, direction));
  if (!studio.document.edit((project) => directShots(project, { shots: directed }))) return;
  const leftOut = fitted.flatMap((each) => each.leftOut);
  const words = leftOutWords(leftOut, others, say);
  if (words !== '') notify(words);
}

/** All of them are as it directs them, as far as it fits. */
function isDirectedBy(shots: readonly Directable[], preset: DirectionPreset): boolean {
  const isSo = ({ shot, pack }: Directable): boolean =>
    isSameDirection(fittingDirection(preset, pack.manifest.stages).direction, directionOf(shot));
  return shots.length > 0 && shots.every(isSo);
}

/** '': everything was applied. */
function leftOutWords(leftOut: readonly LeftOut[], shots: number, say: Say): string {
  const names = leftOut.map(({ stage, field }) =>
    field === undefined ? stage : say('direction.leftOutField', { stage, field: say(`field.${field}`) }),
  );
  return [
    ...(names.length > 0 ? [say('direction.leftOut', { what: [...new Set(names)].join(', ') })] : []),
    ...(shots > 0 ? [say('direction.leftOutShots', { count: shots })] : []),
  ].join(' ');
}
