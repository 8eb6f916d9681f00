/** The sheet of keyboard shortcuts, from the same table that the keys run from, as this person has changed it. */
import { Button } from '../controls/Button';
import { Dialog } from '../controls/Dialog';
import { useDialogs, useSay, useSettings, useStudio } from '../studio/use-studio';
import { keysOf } from './bindings';
import { groups } from './command';
import styles from './commands.module.css';
import { commands } from './table';
import { useShownKeys } from './use-shown-keys';

export function Shortcuts() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'shortcuts');
  return (
    <Dialog
      title={say('shortcuts.title')}
      size="wide"
      isOpen={isOpen}
      onOpenChange={(next) => dialogs.setState({ open: next ? 'shortcuts' : undefined })}
      footer={
        <Button onClick={() => dialogs.setState({ open: 'settings', settingsPage: 'shortcuts' })}>
          {say('shortcuts.change')}
        </Button>
      }
    >
      <Sheet />
    </Dialog>
  );
}

function Sheet() {
  const say = useSay();
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  const shownKeys = useShownKeys();
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={say('shortcuts.title')}>
      {groups.map((group) => (
        <section key={group}>
          <h3>{say(`group.${group}`)}</h3>
          {commands
            .filter((command) => command.group === group && keysOf(command, remaps).length > 0)
            .map((command) => (
              <div key={command.id} className={styles['row']}>
                <span>{say(command.name)}</span>
                <kbd className={styles['keys']}>{shownKeys(command)}</kbd>
              </div>
            ))}
        </section>
      ))}
    </div>
  );
}
