/** Presets of a kind from a list, and keeping, renaming and deleting one's own. Knows no kind: whoever shows it says what they are. */
import { useState } from 'react';
import { longestPresetName } from '#shared/studio/settings';
import { Actions } from '../controls/Actions';
import { Button } from '../controls/Button';
import { Menu, type Option } from '../controls/Choice';
import { TextField } from '../controls/TextField';
import { useSay } from '../studio/use-studio';
import styles from './presets.module.css';

/** No name of a preset: those are trimmed. */
export const own = ' ';

export interface PresetWords {
  readonly menu: string;
  /** Of what is no preset. */
  readonly own: string;
  readonly actions: string;
  readonly name: string;
  readonly save: string;
}

interface Props {
  readonly words: PresetWords;
  readonly options: readonly Option<string>[];
  /** `own`: none of them. */
  readonly chosen: string;
  /** Whether this person keeps the chosen one: then it can be renamed and deleted. */
  readonly isKept: boolean;
  readonly canSave?: boolean;
  readonly isDisabled: boolean;
  readonly onChoose: (name: string) => void;
  readonly onSave: (name: string) => void;
  readonly onRename: (to: string) => void;
  readonly onDelete: () => void;
}

/** What is being named: a new preset, or one that gets another name. */
type Naming = { readonly what: 'new' | 'chosen'; readonly text: string };

export function PresetMenu(props: Props) {
  const { words, options, chosen, isKept, canSave = true, isDisabled, onChoose, onSave, onRename, onDelete } = props;
  const say = useSay();
  const [naming, setNaming] = useState<Naming>();
  const finish = (): void => {
    const name = naming?.text.trim() ?? '';
    if (name !== '') (naming?.what === 'new' ? onSave : onRename)(name);
    setNaming(undefined);
  };
  if (naming !== undefined)
    return <PresetName label={words.name} naming={naming} onChange={setNaming} onDone={finish} />;
  return (
    <span className={styles['presets']}>
      <Menu
        label={words.menu}
        value={chosen}
        options={[...(chosen === own ? [{ value: own, label: words.own }] : []), ...options]}
        isDisabled={isDisabled}
        onChange={onChoose}
      />
      <Actions
        label={words.actions}
        actions={[
          { id: 'save', label: words.save, isDisabled: !canSave, run: () => setNaming({ what: 'new', text: '' }) },
          {
            id: 'rename',
            label: say('preset.rename'),
            isDisabled: !isKept,
            run: () => setNaming({ what: 'chosen', text: chosen }),
          },
          { id: 'delete', label: say('preset.delete'), isDisabled: !isKept, run: onDelete },
        ]}
      />
    </span>
  );
}

interface NameProps {
  readonly label: string;
  readonly naming: Naming;
  readonly onChange: (naming: Naming | undefined) => void;
  readonly onDone: () => void;
}

function PresetName({ label, naming, onChange, onDone }: NameProps) {
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
        label={label}
        placeholder={label}
        value={naming.text}
        maxLength={longestPresetName}
        isFocused
        onChange={(text) => onChange({ ...naming, text })}
        onEnter={onDone}
      />
      <Button disabled={naming.text.trim() === ''} onClick={onDone}>
        {say('preset.keep')}
      </Button>
    </span>
  );
}
