/** Over the takes of a shot: its name, to be written anew where it stands, and what can be done with the shot. */
import { Plus, SquarePlus } from 'lucide-react';
import { useState } from 'react';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import { Actions, type Action } from '../controls/Actions';
import { IconButton } from '../controls/Button';
import { ContextMenu } from '../controls/ContextMenu';
import { NameField } from '../controls/NameField';
import { runNewTake } from '../generate/run';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import { placeShot, removeWithClips, renameShot } from './act-on-shots';
import styles from './library.module.css';

interface Props {
  readonly shot: ProjectShot;
  /** The best of its takes; absent: it has none. */
  readonly first: Take | undefined;
  /** Clips that show it. */
  readonly uses: number;
}

export function ShotHeader({ shot, first, uses }: Props) {
  const say = useSay();
  const studio = useStudio();
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const base = useWork(({ packs }) => packs.find(({ hash }) => hash === shot.packHash)?.manifest.stages[0]?.id);
  const [isRenaming, setRenaming] = useState(false);
  const rename = (name?: string): void => {
    setRenaming(false);
    if (name !== undefined) renameShot(studio, shot.id, name);
  };
  const actions: readonly Action[] = [
    { id: 'rename', label: say('library.rename'), isDisabled: isReadOnly, run: () => setRenaming(true) },
    {
      id: 'remove',
      label: uses === 0 ? say('library.remove') : say('library.removeUsed', { count: uses }),
      isDisabled: isReadOnly,
      run: () => removeWithClips(studio, shot.id),
    },
  ];
  return (
    <ContextMenu groups={[actions.map((action) => ({ ...action, keys: '' }))]}>
      <div className={styles['name']}>
        {isRenaming ? (
          <NameField label={say('library.shotName', { shot: shot.name })} name={shot.name} onEnd={rename} />
        ) : (
          <span className={styles['words']} title={shot.name}>
            {shot.name}
          </span>
        )}
        <IconButton
          label={say('library.place', { shot: shot.name })}
          disabled={isReadOnly || first === undefined}
          onClick={() => first && placeShot(studio, shot, first)}
        >
          <SquarePlus size={13} aria-hidden />
        </IconButton>
        <IconButton
          label={say('library.newTake', { shot: shot.name })}
          disabled={isReadOnly || base === undefined}
          onClick={() => first && void runNewTake(studio, first.id, base)}
        >
          <Plus size={13} aria-hidden />
        </IconButton>
        <Actions label={say('library.actions', { shot: shot.name })} actions={actions} />
      </div>
    </ContextMenu>
  );
}
