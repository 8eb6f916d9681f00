/** Every command with its key. A key is the place on the keyboard, whatever is printed there. */
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { groups, type Command } from '../commands/command';
import { commands } from '../commands/table';
import { remapped } from '../commands/bindings';
import { useShownKeys } from '../commands/use-shown-keys';
import { Button, IconButton } from '../controls/Button';
import { Confirm } from '../controls/Confirm';
import { TextField } from '../controls/TextField';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import { KeyCapture } from './KeyCapture';
import styles from './settings.module.css';

export function ShortcutsPage() {
  const say = useSay();
  const studio = useStudio();
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  const shownKeys = useShownKeys();
  const [search, setSearch] = useState('');
  const [isAsking, setAsking] = useState(false);
  const wanted = search.trim().toLowerCase();
  const isFound = (command: Command): boolean =>
    `${say(command.name)} ${shownKeys(command)}`.toLowerCase().includes(wanted);
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <TextField
          label={say('shortcuts.search')}
          placeholder={say('shortcuts.search')}
          value={search}
          onChange={setSearch}
        />
        <Button disabled={Object.keys(remaps).length === 0} onClick={() => setAsking(true)}>
          {say('shortcuts.resetAll')}
        </Button>
      </div>
      <p className={styles['aside']}>{say('shortcuts.hint')}</p>
      {groups.map((group) => {
        const found = commands.filter((command) => command.group === group && isFound(command));
        return found.length === 0 ? null : (
          <section key={group} aria-label={say(`group.${group}`)}>
            <h3 className={styles['group']}>{say(`group.${group}`)}</h3>
            {found.map((command) => (
              <ShortcutRow key={command.id} command={command} />
            ))}
          </section>
        );
      })}
      <Confirm
        title={say('shortcuts.resetTitle')}
        consequence={say('shortcuts.resetConsequence', { count: Object.keys(remaps).length })}
        action={say('shortcuts.resetAll')}
        isOpen={isAsking}
        onOpenChange={setAsking}
        onConfirm={() => changeSettings(studio, { shortcuts: {} })}
      />
    </div>
  );
}

function ShortcutRow({ command }: { readonly command: Command }) {
  const say = useSay();
  const studio = useStudio();
  const remaps = useSettings(({ shortcuts }) => shortcuts);
  const shownKeys = useShownKeys();
  const [isCapturing, setCapturing] = useState(false);
  const name = say(command.name);
  const keys = shownKeys(command);
  const set = (stroke: string | undefined): void => {
    setCapturing(false);
    changeSettings(studio, { shortcuts: remapped(commands, remaps, command.id, stroke) });
  };
  return (
    <div className={styles['shortcut']}>
      <span>{name}</span>
      {remaps[command.id] !== undefined && (
        <IconButton label={say('shortcuts.reset', { name })} onClick={() => set(undefined)}>
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      )}
      {isCapturing ? (
        <KeyCapture command={command} onKey={set} onCancel={() => setCapturing(false)} />
      ) : (
        <Button
          className={styles['keys']}
          aria-label={say('shortcuts.set', { name, keys: keys === '' ? say('shortcuts.none') : keys })}
          onClick={() => setCapturing(true)}
        >
          {keys === '' ? say('shortcuts.none') : <kbd>{keys}</kbd>}
        </Button>
      )}
    </div>
  );
}
