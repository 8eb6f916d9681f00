/** Asks before something that cannot be taken back. What can be taken back is done at once, with a way back in a toast. */
import { AlertDialog } from 'radix-ui';
import { useSay } from '../studio/use-studio';
import { Button } from './Button';
import styles from './dialog.module.css';

interface Props {
  readonly title: string;
  /** What will be gone, in a sentence. */
  readonly consequence: string;
  /** The verb of what is done: "Remove". */
  readonly action: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onConfirm: () => void;
}

export function Confirm({ title, consequence, action, isOpen, onOpenChange, onConfirm }: Props) {
  const say = useSay();
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles['shade']} />
        <AlertDialog.Content className={`${styles['window']} ${styles['small']}`}>
          <header className={styles['head']}>
            <AlertDialog.Title className={styles['title']}>{title}</AlertDialog.Title>
          </header>
          <div className={styles['body']}>
            <AlertDialog.Description>{consequence}</AlertDialog.Description>
          </div>
          <footer className={styles['foot']}>
            <AlertDialog.Cancel asChild>
              <Button>{say('dialog.cancel')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button isStrong onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
