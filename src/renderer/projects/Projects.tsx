/** The start screen: projects that were open before, and the ways to others. Opening one takes the place of what is open. */
import { Clapperboard, FolderOpen, Package, Plus } from 'lucide-react';
import { useState } from 'react';
import type { RecentProject } from '#shared/studio/project-library';
import type { Action } from '../controls/Actions';
import { Button } from '../controls/Button';
import { Dialog } from '../controls/Dialog';
import { Empty } from '../controls/Empty';
import { useDialogs, useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import { ExportList } from '../export/ExportList';
import { forget, openOther, relocate, remember } from './act-on-projects';
import { openArchive } from './open-archive';
import { OpeningArchive } from './OpeningArchive';
import { ProjectCard } from './ProjectCard';
import styles from './projects.module.css';
import { Question, type Asking } from './Question';
import { openFolder } from './switch-project';
import { useRecentProjects } from './use-recent-projects';

export function Projects() {
  const say = useSay();
  const { dialogs } = useStudio();
  const isOpen = useDialogs(({ open }) => open === 'projects');
  // What was opened here may be there only when another screen is.
  const close = (): void => dialogs.setState(({ open }) => (open === 'projects' ? { open: undefined } : {}));
  return (
    <Dialog
      title={say('projects.title')}
      size="screen"
      isOpen={isOpen}
      onOpenChange={(next) => dialogs.setState({ open: next ? 'projects' : undefined })}
    >
      <Screen onDone={close} />
    </Dialog>
  );
}

function Screen({ onDone }: { readonly onDone: () => void }) {
  const say = useSay();
  const studio = useStudio();
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  const isOpening = useWork(({ archive }) => archive !== undefined);
  const { projects, isKnown, again } = useRecentProjects();
  const close = (): void => setAsking({ kind: 'nothing' });
  const doneIf = (opening: Promise<boolean>): void => void opening.then((isOpen) => isOpen && onDone());
  return (
    <div className={styles['screen']}>
      <div className={styles['ways']}>
        <Button isStrong onClick={() => setAsking({ kind: 'new' })}>
          <Plus size={14} aria-hidden />
          {say('projects.new')}
        </Button>
        <Button onClick={() => doneIf(openOther(studio, say))}>
          <FolderOpen size={14} aria-hidden />
          {say('projects.openFolder')}
        </Button>
        <Button disabled={isOpening} onClick={() => doneIf(openArchive(studio, say))}>
          <Package size={14} aria-hidden />
          {say('projects.openArchive')}
        </Button>
      </div>
      <OpeningArchive />
      <div className={styles['archives']}>
        <ExportList what="archive" />
      </div>
      {isKnown && projects.length === 0 && (
        <Empty
          icon={<Clapperboard size={24} aria-hidden />}
          title={say('projects.none')}
          advice={say('projects.noneAdvice')}
        />
      )}
      <List projects={projects} again={again} doneIf={doneIf} ask={setAsking} />
      <Question asking={asking} onClose={close} onDone={onDone} again={again} />
    </div>
  );
}

interface ListProps {
  readonly projects: readonly RecentProject[];
  readonly again: () => void;
  readonly doneIf: (opening: Promise<boolean>) => void;
  readonly ask: (asking: Asking) => void;
}

function List({ projects, again, doneIf, ask }: ListProps) {
  const say = useSay();
  const studio = useStudio();
  const here = useDocument(({ folder }) => folder);
  const [forgotten, setForgotten] = useState<RecentProject>();
  const actionsOf = (project: RecentProject): readonly Action[] => [
    { id: 'rename', label: say('projects.rename'), run: () => ask({ kind: 'rename', project }) },
    { id: 'duplicate', label: say('projects.duplicate'), run: () => ask({ kind: 'duplicate', project }) },
    { id: 'archive', label: say('projects.archive'), run: () => ask({ kind: 'archive', project }) },
    { id: 'clean', label: say('projects.clean'), run: () => ask({ kind: 'clean', project }) },
    {
      id: 'reveal',
      label: say('projects.reveal'),
      run: () => void studio.channel().request('revealFile', { file: project.folder }).catch(studio.report),
    },
  ];
  return (
    <>
      {forgotten !== undefined && (
        <Forgotten
          title={forgotten.title}
          onUndo={() => {
            setForgotten(undefined);
            void remember(studio, forgotten).then(again);
          }}
        />
      )}
      <ul className={styles['grid']} aria-label={say('projects.recent')}>
        {projects.map((project) => (
          <ProjectCard
            key={project.folder}
            project={project}
            isHere={project.folder === here}
            onOpen={() => doneIf(openFolder(studio, project.folder))}
            onRelocate={() => doneIf(relocate(studio, project, say))}
            onForget={() => {
              setForgotten(project);
              void forget(studio, project).then(again);
            }}
            actions={actionsOf(project)}
          />
        ))}
      </ul>
    </>
  );
}

/** What was taken off the list, with the way back. It takes the focus: the card that had it is gone. */
function Forgotten({ title, onUndo }: { readonly title: string; readonly onUndo: () => void }) {
  const say = useSay();
  return (
    <div className={styles['forgotten']} role="status">
      <p>{say('projects.forgotten', { title })}</p>
      <Button autoFocus onClick={onUndo}>
        {say('toast.undo')}
      </Button>
    </div>
  );
}
