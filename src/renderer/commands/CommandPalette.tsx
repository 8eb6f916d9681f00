/** All commands, by name. */
import { Command as Palette } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { groups, type Command } from './command';
import styles from './commands.module.css';
import { shownKeys } from './keys';
import { commands } from './table';

export function CommandPalette() {
  const say = useSay();
  const studio = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'palette');
  const setOpen = (next: boolean): void => studio.dialogs.setState({ open: next ? 'palette' : undefined });
  const choose = (command: Command): void => {
    setOpen(false);
    // The dialog gives the focus back first; a command may want it elsewhere.
    setTimeout(() => command.run(studio));
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles['shade']} />
        <Dialog.Content className={styles['dialog']} aria-describedby={undefined}>
          <Dialog.Title className="only-read-aloud">{say('command.palette')}</Dialog.Title>
          <Palette label={say('command.palette')} loop>
            <Palette.Input className={styles['search']} placeholder={say('palette.placeholder')} />
            <Palette.List className={styles['list']}>
              <Palette.Empty className={styles['empty']}>{say('palette.nothing')}</Palette.Empty>
              {groups.map((group) => (
                <Palette.Group key={group} heading={say(`group.${group}`)}>
                  {commands
                    .filter((command) => command.group === group && command.id !== 'palette')
                    .map((command) => (
                      <Palette.Item
                        key={command.id}
                        value={`${say(command.name)} ${command.id}`}
                        className={styles['item']}
                        onSelect={() => choose(command)}
                      >
                        {say(command.name)}
                        <span className={styles['keys']}>{shownKeys(command)}</span>
                      </Palette.Item>
                    ))}
                </Palette.Group>
              ))}
            </Palette.List>
          </Palette>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
