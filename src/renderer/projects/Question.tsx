/** The one question that the start screen asks at a time: of a new project, or of one in its list. */
import type { RecentProject } from '#shared/studio/project-library';
import { useSay, useStudio } from '../studio/use-studio';
import { archive, clean, duplicate, rename } from './act-on-projects';
import { ArchiveProject } from './ArchiveProject';
import { CleanProject } from './CleanProject';
import { NameProject } from './NameProject';
import { NewProject } from './NewProject';

export type Asking =
  | { readonly kind: 'nothing' | 'new' }
  | { readonly kind: 'rename' | 'duplicate' | 'archive' | 'clean'; readonly project: RecentProject };

interface Props {
  readonly asking: Asking;
  readonly onClose: () => void;
  /** Another project is in the window now. */
  readonly onDone: () => void;
  /** The list is another now. */
  readonly again: () => void;
}

export function Question({ asking, onClose, onDone, again }: Props) {
  const say = useSay();
  const studio = useStudio();
  switch (asking.kind) {
    case 'nothing':
      return null;
    case 'new':
      return <NewProject onClose={onClose} onMade={onDone} />;
    case 'rename':
      return (
        <NameProject
          title={say('projects.renameTitle', { title: asking.project.title })}
          action={say('projects.renameAction')}
          beginning={asking.project.title}
          onClose={onClose}
          onName={(title) => void rename(studio, asking.project, title).then(again)}
        />
      );
    case 'duplicate':
      return (
        <NameProject
          title={say('projects.duplicateTitle', { title: asking.project.title })}
          action={say('projects.duplicateAction')}
          beginning={say('projects.copyOf', { title: asking.project.title })}
          onClose={onClose}
          onName={(title) => void duplicate(studio, asking.project.folder, title).then((isOpen) => isOpen && onDone())}
        />
      );
    case 'archive':
      return (
        <ArchiveProject
          project={asking.project}
          onClose={onClose}
          onArchive={(stages) => void archive(studio, asking.project, stages, say)}
        />
      );
    case 'clean':
      return (
        <CleanProject
          project={asking.project}
          onClose={onClose}
          onClean={(which) => void clean(studio, asking.project, which, say)}
        />
      );
  }
}
