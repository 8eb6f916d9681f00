/** Shots with their takes, those first whose words fit what is searched for. */
import { Plus, SquarePlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { addClips } from '#shared/project/edits/place-clips';
import { newClipId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import { IconButton } from '../controls/Button';
import { wholeClip } from '../generate/new-shot';
import { runNewTake } from '../generate/run';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import styles from './library.module.css';
import { found, Search } from './Search';
import { TakeRow } from './TakeRow';

export function ShotList() {
  const say = useSay();
  const shots = useDocument(({ project }) => project.shots);
  const takes = useDocument(({ project }) => project.takes);
  const takesOf = useMemo(() => takesByShot(takes.values()), [takes]);
  const [words, setWords] = useState('');
  const shown = found([...shots.values()], words, wordsOf);
  if (shots.size === 0) return <p className={styles['empty']}>{say('library.empty')}</p>;
  return (
    <>
      <Search words={words} onChange={setWords} isEmpty={shown.length === 0} />
      {shown.map((shot) => (
        <Shot key={shot.id} shot={shot} takes={takesOf.get(shot.id) ?? []} />
      ))}
    </>
  );
}

function wordsOf({ name, direction }: ProjectShot): string {
  return [name, ...direction.prompts.map(({ prompt }) => prompt)].join(' ');
}

function Shot({ shot, takes }: { readonly shot: ProjectShot; readonly takes: readonly Take[] }) {
  const say = useSay();
  const studio = useStudio();
  const base = useWork(({ packs }) => packs.find(({ hash }) => hash === shot.packHash)?.manifest.stages[0]?.id);
  const sorted = takes.toSorted((a, b) => b.rating - a.rating || a.number - b.number);
  const [first] = sorted;
  return (
    <section className={styles['shot']} aria-label={shot.name}>
      <div className={styles['name']}>
        <span className={styles['words']} title={shot.name}>
          {shot.name}
        </span>
        <IconButton
          label={say('library.place', { shot: shot.name })}
          onClick={() => first && studio.document.edit((project) => placed(project, shot, first))}
        >
          <SquarePlus size={13} aria-hidden />
        </IconButton>
        <IconButton
          label={say('library.newTake', { shot: shot.name })}
          disabled={base === undefined}
          onClick={() => first && void runNewTake(studio, first.id, base)}
        >
          <Plus size={13} aria-hidden />
        </IconButton>
      </div>
      {sorted.map((take) => (
        <TakeRow key={take.id} take={take} />
      ))}
    </section>
  );
}

function takesByShot(takes: Iterable<Take>): ReadonlyMap<ProjectShot['id'], readonly Take[]> {
  const byShot = new Map<ProjectShot['id'], Take[]>();
  for (const take of takes) byShot.set(take.shotId, [...(byShot.get(take.shotId) ?? []), take]);
  return byShot;
}

function placed(project: Project, shot: ProjectShot, take: Take) {
  const track = project.trackOrder
    .flatMap((id) => project.tracks.get(id) ?? [])
    .find(({ kind, locked }) => kind === 'video' && !locked);
  return addClips(project, {
    clips: track === undefined ? [] : [wholeClip(project, shot, take, { clip: newClipId() }, track)],
  });
}
