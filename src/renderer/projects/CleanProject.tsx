/** Asks whether files that a project has no use for shall go, and says of those that undo could need what that means. */
import { useState } from 'react';
import type { RecentProject } from '#shared/studio/project-library';
import type { UnusedMedia } from '#shared/studio/unused-media';
import { FormDialog } from '../controls/FormDialog';
import { Field } from '../controls/Field';
import { Switch } from '../controls/Switch';
import { sizeText } from '../generate/quantity-text';
import type { StudioChannel } from '../studio/channel';
import { useSay } from '../studio/use-studio';
import { useFinding } from './use-finding';

interface Props {
  readonly project: RecentProject;
  readonly onClose: () => void;
  readonly onClean: (which: 'keep-history' | 'all') => void;
}

export function CleanProject({ project, onClose, onClean }: Props) {
  const say = useSay();
  const unused = useFinding(project.folder, lookForUnused);
  const [isAll, setAll] = useState(false);
  const { unneeded, inHistory } = unused ?? nothing;
  const going = isAll ? unneeded.files + inHistory.files : unneeded.files;
  const sizeOf = ({ files, bytes }: UnusedMedia['unneeded']) => ({ count: files, size: sizeText(bytes) });
  return (
    <FormDialog
      title={say('projects.cleanTitle', { title: project.title })}
      description={say('projects.cleanAdvice')}
      action={say('projects.cleanAction')}
      isReady={going > 0}
      onAct={() => {
        onClose();
        onClean(isAll ? 'all' : 'keep-history');
      }}
      onClose={onClose}
    >
      <Field name={say('projects.cleanUnneeded')}>
        {unused === undefined ? say('projects.archiveLooking') : say('projects.cleanFiles', sizeOf(unneeded))}
      </Field>
      {inHistory.files > 0 && (
        <Field name={say('projects.cleanHistory')} hint={say('projects.cleanHistoryHint', sizeOf(inHistory))}>
          <Switch label={say('projects.cleanHistory')} isOn={isAll} onChange={setAll} />
        </Field>
      )}
    </FormDialog>
  );
}

const nothing: UnusedMedia = { unneeded: { files: 0, bytes: 0 }, inHistory: { files: 0, bytes: 0 } };

const lookForUnused = (channel: StudioChannel, folder: string, signal: AbortSignal): Promise<UnusedMedia> =>
  channel.request('unusedMedia', { folder }, signal);
