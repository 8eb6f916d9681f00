/** A dialog that asks for something before one thing is done: beneath the questions the way out, and the verb of that thing. */
import type { ReactNode } from 'react';
import { useSay } from '../studio/use-studio';
import { Button } from './Button';
import { Dialog, type DialogProps } from './Dialog';

interface Props extends Pick<DialogProps, 'title' | 'description' | 'size'> {
  /** The verb of what is done: "Create". */
  readonly action: string;
  /** Whether the answers are enough to do it. */
  readonly isReady: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function FormDialog({ action, isReady, onAct, onClose, ...dialog }: Props) {
  const say = useSay();
  return (
    <Dialog
      {...dialog}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('dialog.cancel')}</Button>
          <Button isStrong disabled={!isReady} onClick={onAct}>
            {action}
          </Button>
        </>
      }
    />
  );
}
