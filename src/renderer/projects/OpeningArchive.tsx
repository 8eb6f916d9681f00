/** The archive that is being opened: how much of it is read, and how to stop that. Nothing where none is. */
import { X } from 'lucide-react';
import { IconButton } from '../controls/Button';
import { Progress } from '../controls/Progress';
import { baseName } from '../files/paths';
import { sizeText } from '../generate/quantity-text';
import { useSay, useWork } from '../studio/use-studio';
import styles from './projects.module.css';

export function OpeningArchive() {
  const say = useSay();
  const archive = useWork((work) => work.archive);
  if (archive === undefined) return null;
  const { file, done, of, cancel } = archive;
  const name = baseName(file);
  const words = say('projects.archiveRead', { done: sizeText(done), of: sizeText(of) });
  return (
    <div className={styles['opening']}>
      <span title={file}>{say('projects.openingArchive', { name })}</span>
      <Progress
        label={say('projects.openingArchive', { name })}
        share={of === 0 ? 0 : done / of}
        {...(of > 0 && { words })}
      />
      <IconButton label={say('projects.openingCancel', { name })} onClick={cancel}>
        <X size={13} aria-hidden />
      </IconButton>
    </div>
  );
}
