/** Everything that can be done or gone to, by name: commands, pages of the settings, projects. */
import { Command as Palette } from 'cmdk';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { openFolder } from '../projects/switch-project';
import { useRecentProjects } from '../projects/use-recent-projects';
import { settingsPages } from '../studio/dialogs';
import type { Studio } from '../studio/studio';
import { useDialogs, useDocument, useSay, useStudio } from '../studio/use-studio';
import { groups } from './command';
import styles from './commands.module.css';
import { commands } from './table';
import { useShownKeys } from './use-shown-keys';

type Choose = (run: (studio: Studio) => void) => void;

export function CommandPalette() {
  const say = useSay();
  const studio = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'palette');
  const setOpen = (next: boolean): void => studio.dialogs.setState({ open: next ? 'palette' : undefined });
  const choose: Choose = (run) => {
    setOpen(false);
    // The dialog gives the focus back first; a command may want it elsewhere.
    setTimeout(() => run(studio));
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
              <CommandItems choose={choose} />
              <SettingsItems choose={choose} />
              <ProjectItems choose={choose} />
            </Palette.List>
          </Palette>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CommandItems({ choose }: { readonly choose: Choose }) {
  const say = useSay();
  const shownKeys = useShownKeys();
  return groups.map((group) => (
    <Palette.Group key={group} heading={say(`group.${group}`)}>
      {commands
        .filter((command) => command.group === group && command.id !== 'palette')
        .map((command) => (
          <Item key={command.id} value={`${say(command.name)} ${command.id}`} onSelect={() => choose(command.run)}>
            {say(command.name)}
            <span className={styles['keys']}>{shownKeys(command)}</span>
          </Item>
        ))}
    </Palette.Group>
  ));
}

function SettingsItems({ choose }: { readonly choose: Choose }) {
  const say = useSay();
  return (
    <Palette.Group heading={say('settings.title')}>
      {settingsPages.map((page) => (
        <Item
          key={page}
          value={`${say('settings.title')} ${say(`settings.page.${page}`)}`}
          onSelect={() => choose(({ dialogs }) => dialogs.setState({ open: 'settings', settingsPage: page }))}
        >
          {say(`settings.page.${page}`)}
        </Item>
      ))}
    </Palette.Group>
  );
}

function ProjectItems({ choose }: { readonly choose: Choose }) {
  const say = useSay();
  const { projects } = useRecentProjects();
  const here = useDocument(({ folder }) => folder);
  const others = projects.filter(({ exists, folder }) => exists && folder !== here);
  return (
    <Palette.Group heading={say('projects.recent')}>
      {others.map(({ folder, title }) => (
        <Item
          key={folder}
          value={`${title} ${folder}`}
          onSelect={() => choose((studio) => void openFolder(studio, folder))}
        >
          {title}
          <span className={styles['keys']}>{folder}</span>
        </Item>
      ))}
    </Palette.Group>
  );
}

interface ItemProps {
  readonly value: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Item({ value, onSelect, children }: ItemProps) {
  return (
    <Palette.Item value={value} className={styles['item']} onSelect={onSelect}>
      {children}
    </Palette.Item>
  );
}
