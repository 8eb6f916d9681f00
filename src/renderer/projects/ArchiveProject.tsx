/** Asks how much of a project goes into its archive, and says what that takes. */
import { useState } from 'react';
import type { ArchivedStages, ArchiveFacts } from '#shared/studio/project-archives';
import type { RecentProject } from '#shared/studio/project-library';
import { Segments } from '../controls/Choice';
import { FormDialog } from '../controls/FormDialog';
import { Field } from '../controls/Field';
import { sizeText } from '../generate/quantity-text';
import type { StudioChannel } from '../studio/channel';
import { useSay } from '../studio/use-studio';
import type { Say } from '../text/text';
import { useFinding } from './use-finding';

interface Props {
  readonly project: RecentProject;
  readonly onClose: () => void;
  readonly onArchive: (stages: ArchivedStages) => void;
}

export function ArchiveProject({ project, onClose, onArchive }: Props) {
  const say = useSay();
  const facts = useFinding(project.folder, lookForFacts);
  const [stages, setStages] = useState<ArchivedStages>('all');
  const isChoice = facts !== undefined && facts.shown.files < facts.all.files;
  return (
    <FormDialog
      title={say('projects.archiveTitle', { title: project.title })}
      description={say('projects.archiveAdvice')}
      action={say('projects.archiveAction')}
      isReady={facts !== undefined}
      onAct={() => {
        onClose();
        onArchive(stages);
      }}
      onClose={onClose}
    >
      <Field
        name={say('projects.archiveStages')}
        hint={facts === undefined ? say('projects.archiveLooking') : sizeWords(facts, stages, say)}
      >
        <Segments
          label={say('projects.archiveStages')}
          value={stages}
          onChange={setStages}
          isDisabled={!isChoice}
          options={[
            { value: 'all', label: say('projects.archiveAll') },
            { value: 'shown', label: say('projects.archiveShown') },
          ]}
        />
      </Field>
    </FormDialog>
  );
}

function sizeWords(facts: ArchiveFacts, stages: ArchivedStages, say: Say): string {
  const { media, missingMedia, [stages]: clips } = facts;
  const size = sizeText(clips.bytes + media.bytes);
  const words = say('projects.archiveSize', { clips: clips.files, media: media.files, size });
  return missingMedia === 0 ? words : `${words} ${say('projects.archiveLost', { count: missingMedia })}`;
}

const lookForFacts = (channel: StudioChannel, folder: string, signal: AbortSignal): Promise<ArchiveFacts> =>
  channel.request('archiveFacts', { folder }, signal);
