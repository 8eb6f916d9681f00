/** Where things go, and what kept clips take. */
import { Button } from '../controls/Button';
import { Field } from '../controls/Field';
import { choosePaths } from '../files/choose-paths';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import styles from './settings.module.css';
import { Storage } from './Storage';
import { useApplication } from './use-application';

export function FoldersPage() {
  const say = useSay();
  const application = useApplication();
  return (
    <div className={styles['page']}>
      <FolderField
        name={say('settings.projectsFolder')}
        setting="projectsFolder"
        usual={application?.defaultProjectsFolder}
      />
      <FolderField
        name={say('settings.exportsFolder')}
        setting="exportsFolder"
        usual={application?.defaultExportsFolder}
      />
      <Field name={say('settings.home')} hint={say('settings.homeHint')}>
        <span className={styles['path']}>{application?.home ?? ''}</span>
      </Field>
      <Storage />
    </div>
  );
}

interface FolderProps {
  readonly name: string;
  readonly setting: 'projectsFolder' | 'exportsFolder';
  readonly usual: string | undefined;
}

function FolderField({ name, setting, usual }: FolderProps) {
  const say = useSay();
  const studio = useStudio();
  const chosen = useSettings((settings) => settings[setting]);
  const folder = chosen ?? usual ?? '';
  const change = async (): Promise<void> => {
    const [path] = await choosePaths(studio, {
      kind: 'folder',
      title: name,
      ...(chosen !== undefined && { startIn: chosen }),
    });
    if (path !== undefined) changeSettings(studio, { [setting]: path });
  };
  return (
    <Field name={name}>
      <span className={styles['path']} title={folder}>
        {folder}
      </span>
      <Button aria-label={`${say('settings.change')} ${name}`} onClick={() => void change()}>
        {say('settings.change')}
      </Button>
      {chosen !== undefined && (
        <Button aria-label={`${say('settings.reset')} ${name}`} onClick={() => changeSettings(studio, {}, [setting])}>
          {say('settings.reset')}
        </Button>
      )}
    </Field>
  );
}
