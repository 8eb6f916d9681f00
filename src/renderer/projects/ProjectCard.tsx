/** A project in the list: its picture, title and when it was opened; what can be done with it; and what is wrong where it is gone. */
import { useEffect, useState } from 'react';
import type { ProjectCover, RecentProject } from '#shared/studio/project-library';
import { Actions, type Action } from '../controls/Actions';
import { Button } from '../controls/Button';
import { Tooltip } from '../controls/Tooltip';
import { useSay, useStudio, useView } from '../studio/use-studio';
import { Cover } from './Cover';
import styles from './projects.module.css';
import { dayText, lengthText } from './shown-facts';

interface Props {
  readonly project: RecentProject;
  readonly isHere: boolean;
  readonly onOpen: () => void;
  readonly onRelocate: () => void;
  readonly onForget: () => void;
  /** What a project that is there offers besides. */
  readonly actions: readonly Action[];
}

export function ProjectCard({ project, isHere, onOpen, onRelocate, onForget, actions }: Props) {
  const say = useSay();
  const { title, exists } = project;
  const cover = useCover(project);
  const forget = { id: 'forget', label: say('projects.forget'), run: onForget };
  return (
    <li className={styles['card']} data-here={isHere}>
      {exists ? (
        <button type="button" className={styles['open']} aria-label={say('projects.open', { title })} onClick={onOpen}>
          <Cover cover={cover} />
        </button>
      ) : (
        <div className={styles['open']}>
          <span className={styles['cover']}>
            <span className={styles['missing']}>{say('projects.missingAdvice')}</span>
            <Button onClick={onRelocate}>{say('projects.relocate')}</Button>
          </span>
        </div>
      )}
      <div className={styles['facts']}>
        <h3 className={styles['name']}>{title}</h3>
        <Actions
          label={say('projects.actions', { title })}
          actions={exists ? [...actions, ...(isHere ? [] : [forget])] : [forget]}
        />
        <Facts project={project} cover={cover} isHere={isHere} />
      </div>
    </li>
  );
}

interface FactsProps {
  readonly project: RecentProject;
  readonly cover: ProjectCover | undefined;
  readonly isHere: boolean;
}

function Facts({ project: { folder, openedAt, exists }, cover, isHere }: FactsProps) {
  const say = useSay();
  const language = useView((view) => view.language);
  const day = isHere ? say('projects.here') : dayText(openedAt, language);
  const length =
    cover === undefined || cover.clips === 0
      ? say('projects.empty')
      : say('projects.clips', { count: cover.clips, time: lengthText(cover.seconds) });
  return (
    <Tooltip words={folder}>
      <p className={styles['detail']} tabIndex={-1}>
        {exists ? `${day} · ${length}` : say('projects.missing', { folder })}
      </p>
    </Tooltip>
  );
}

/** Undefined until it is known, and for projects that cannot be read. */
function useCover({ folder, exists, openedAt }: RecentProject): ProjectCover | undefined {
  const studio = useStudio();
  const [cover, setCover] = useState<ProjectCover>();
  useEffect(() => {
    if (!exists) return;
    let isWanted = true;
    studio
      .channel()
      .request('projectCover', { folder })
      .then((found) => isWanted && setCover(found))
      // A project without a picture is a project all the same; opening it says what is wrong.
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [studio, folder, exists, openedAt]);
  return cover;
}
