/** Where the file goes, and what it is called. */
import { FolderOpen } from 'lucide-react';
import { Button } from '../controls/Button';
import { Field } from '../controls/Field';
import { TextField } from '../controls/TextField';
import { choosePaths } from '../files/choose-paths';
import { isFileName } from '../files/paths';
import { useSay, useStudio } from '../studio/use-studio';
import styles from './export.module.css';
import type { ExportForm } from './use-export-form';

export function PlaceFields({ form: { folder, name, setName, change } }: { readonly form: ExportForm }) {
  const say = useSay();
  const studio = useStudio();
  const choose = async (): Promise<void> => {
    const startIn = folder === '' ? {} : { startIn: folder };
    const [chosen] = await choosePaths(studio, { kind: 'folder', title: say('export.chooseFolder'), ...startIn });
    if (chosen !== undefined) change({ folder: chosen });
  };
  const isValid = isFileName(name);
  return (
    <>
      <Field name={say('export.name')} {...(!isValid && { problem: say('export.badName') })}>
        <TextField
          label={say('export.name')}
          value={name}
          maxLength={200}
          isFocused
          isInvalid={!isValid}
          onChange={setName}
        />
      </Field>
      <Field name={say('export.folder')}>
        <span className={styles['path']} title={folder}>
          {folder}
        </span>
        <Button onClick={() => void choose()}>
          <FolderOpen size={14} aria-hidden />
          {say('export.choose')}
        </Button>
      </Field>
    </>
  );
}
