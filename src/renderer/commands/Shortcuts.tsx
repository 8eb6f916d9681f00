/** The sheet of keyboard shortcuts, from the same table that the keys run from. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { IconButton } from '../controls/Button';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { groups } from './command';
import styles from './commands.module.css';
import { shownKeys } from './keys';
import { commands } from './table';

export function Shortcuts() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'shortcuts');
  const setOpen = (next: boolean): void => dialogs.setState({ open: next ? 'shortcuts' : undefined });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles['shade']} />
        <Dialog.Content className={`${styles['dialog']} ${styles['wide']}`} aria-describedby={undefined}>
          <div className={styles['heading']}>
            <Dialog.Title>{say('shortcuts.title')}</Dialog.Title>
            <IconButton label={say('dialog.close')} onClick={() => setOpen(false)}>
              <X size={14} aria-hidden />
            </IconButton>
          </div>
          <div className={styles['scroll']} tabIndex={0} role="region" aria-label={say('shortcuts.title')}>
            <div className={styles['sheet']}>
              {groups.map((group) => (
                <section key={group}>
                  <h3>{say(`group.${group}`)}</h3>
                  {commands
                    .filter((command) => command.group === group && command.keys.length > 0)
                    .map((command) => (
                      <div key={command.id} className={styles['row']}>
                        <span>{say(command.name)}</span>
                        <kbd className={styles['keys']}>{shownKeys(command)}</kbd>
                      </div>
                    ))}
                </section>
              ))}
            </div>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
