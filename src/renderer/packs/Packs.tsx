/** The packs of this machine: a list, the chosen one with all that is known of it, and installing others. */
import { Package } from 'lucide-react';
import { useState } from 'react';
import type { PackEntry } from '#shared/studio/packs';
import { Button } from '../controls/Button';
import { Dialog } from '../controls/Dialog';
import { Empty } from '../controls/Empty';
import { Progress } from '../controls/Progress';
import { baseName } from '../files/paths';
import { useDialogs, useSay, useStudio } from '../studio/use-studio';
import { errorText } from '../studio/problem-text';
import { InstallWays } from './InstallWays';
import { InvalidPack } from './InvalidPack';
import { PackDetails } from './PackDetails';
import styles from './packs.module.css';
import { useInstall, type Installation } from './use-install';
import { usePacks } from './use-packs';

export function Packs() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'packs');
  return (
    <Dialog
      title={say('packs.title')}
      size="screen"
      isOpen={isOpen}
      onOpenChange={(next) => dialogs.setState({ open: next ? 'packs' : undefined })}
    >
      <Screen />
    </Dialog>
  );
}

function Screen() {
  const say = useSay();
  const packs = usePacks();
  const [chosen, setChosen] = useState<string>();
  const { installation, install, cancel, dismiss } = useInstall(setChosen);
  const shown = packs?.find((pack) => idOf(pack) === chosen) ?? packs?.[0];
  return (
    <div className={styles['screen']}>
      <div className={styles['side']}>
        <ul className={styles['list']} aria-label={say('packs.list')}>
          {packs?.map((pack) => (
            <li key={idOf(pack)}>
              <PackRow pack={pack} isShown={pack === shown} onChoose={() => setChosen(idOf(pack))} />
            </li>
          ))}
        </ul>
        <Install
          hasWays={packs?.length !== 0}
          installation={installation}
          onPath={(path) => void install(path)}
          onCancel={cancel}
          onDismiss={dismiss}
        />
      </div>
      <div className={styles['main']} tabIndex={0} role="region" aria-label={say('packs.details')}>
        {packs?.length === 0 && (
          <Empty icon={<Package size={24} aria-hidden />} title={say('packs.none')} advice={say('packs.noneAdvice')}>
            <InstallWays onPath={(path) => void install(path)} />
          </Empty>
        )}
        {shown?.state === 'valid' && <PackDetails key={shown.hash} pack={shown} />}
        {shown?.state === 'invalid' && <InvalidPack pack={shown} />}
      </div>
    </div>
  );
}

function idOf(pack: PackEntry): string {
  return pack.state === 'valid' ? pack.hash : pack.directory;
}

interface RowProps {
  readonly pack: PackEntry;
  readonly isShown: boolean;
  readonly onChoose: () => void;
}

function PackRow({ pack, isShown, onChoose }: RowProps) {
  const say = useSay();
  const [name, detail] =
    pack.state === 'valid'
      ? [pack.manifest.title, pack.isPreferred ? say('packs.preferred') : pack.manifest.version]
      : [baseName(pack.directory).slice(0, 12), say('packs.invalid')];
  return (
    <button type="button" className={styles['row']} aria-current={isShown} onClick={onChoose}>
      <span className={styles['rowName']}>{name}</span>
      <span className={styles['aside']} data-state={pack.state}>
        {detail}
      </span>
    </button>
  );
}

interface InstallProps {
  /** Whether the ways to install one stand here; where nothing is yet, they stand in the middle. */
  readonly hasWays: boolean;
  readonly installation: Installation;
  readonly onPath: (path: string) => void;
  readonly onCancel: () => void;
  readonly onDismiss: () => void;
}

function Install({ hasWays, installation, onPath, onCancel, onDismiss }: InstallProps) {
  const say = useSay();
  if (installation.kind === 'running')
    return (
      <div className={styles['install']}>
        <p>{say('packs.installing', { name: baseName(installation.path) })}</p>
        <Progress
          label={say('packs.installing', { name: baseName(installation.path) })}
          share={installation.share}
          {...(installation.share >= 1 && { words: say('packs.checking') })}
        />
        <Button onClick={onCancel}>{say('dialog.cancel')}</Button>
      </div>
    );
  if (!hasWays && installation.kind === 'none') return null;
  return (
    <div className={styles['install']}>
      {installation.kind === 'refused' && (
        <div className={styles['refused']} role="alert">
          <p>{say('packs.refused', { name: baseName(installation.path) })}</p>
          <p>{errorText(installation.error, say)}</p>
          <Button onClick={onDismiss}>{say('dialog.close')}</Button>
        </div>
      )}
      {hasWays && <InstallWays onPath={onPath} />}
    </div>
  );
}
