/** Asks for a title. */
import { useState } from 'react';
import { Button } from '../controls/Button';
import { Dialog } from '../controls/Dialog';
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
    <Dialog
      title={title}
      size="small"
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('dialog.cancel')}</Button>
          <Button isStrong disabled={!isTitle(name)} onClick={finish}>
            {action}
          </Button>
        </>
      }
    >
      <TextField
        label={say('projects.name')}
        value={name}
        onChange={setName}
        onEnter={finish}
        maxLength={longestTitle}
        isFocused
      />
    </Dialog>
  );
}
