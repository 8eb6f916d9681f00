/** Asks for a title. */
import { useState } from 'react';
import { FormDialog } from '../controls/FormDialog';
import { TextField } from '../controls/TextField';
import { useSay } from '../studio/use-studio';
import { isTitle, longestTitle } from './new-project-shape';

interface Props {
  readonly title: string;
  readonly action: string;
  readonly beginning: string;
  readonly onClose: () => void;
  readonly onName: (title: string) => void;
}

export function NameProject({ title, action, beginning, onClose, onName }: Props) {
  const say = useSay();
  const [name, setName] = useState(beginning);
  const finish = (): void => {
    if (!isTitle(name)) return;
    onClose();
    onName(name.trim());
  };
  return (
    <FormDialog title={title} size="small" action={action} isReady={isTitle(name)} onAct={finish} onClose={onClose}>
      <TextField
        label={say('projects.name')}
        value={name}
        onChange={setName}
        onEnter={finish}
        maxLength={longestTitle}
        isFocused
      />
    </FormDialog>
  );
}
