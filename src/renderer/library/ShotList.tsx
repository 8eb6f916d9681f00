/** Shots with their takes, those first whose words fit what is searched for. */
import { useMemo, useState } from 'react';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import { useDocument, useSay } from '../studio/use-studio';
import { useTakesInView, type WatchTake } from '../studio/use-takes-in-view';
import styles from './library.module.css';
import { found, Search } from './Search';
import { ShotHeader } from './ShotHeader';
import { TakeRow } from './TakeRow';

export function ShotList() {
  const say = useSay();
  const shots = useDocument(({ project }) => project.shots);
  const takes = useDocument(({ project }) => project.takes);
  const takesOf = useMemo(() => takesByShot(takes.values()), [takes]);
  const clips = useDocument(({ project }) => project.clips);
  const used = useMemo(() => usesOf(clips), [clips]);
  const watch = useTakesInView();
  const [words, setWords] = useState('');
  const shown = found([...shots.values()], words, wordsOf);
  if (shots.size === 0) return <p className={styles['empty']}>{say('library.empty')}</p>;
  return (
    <>
      <Search words={words} onChange={setWords} isEmpty={shown.length === 0} />
      {shown.map((shot) => (
        <Shot
          key={shot.id}
          shot={shot}
          takes={takesOf.get(shot.id) ?? []}
          uses={used.get(shot.id) ?? 0}
          watch={watch}
        />
      ))}
    </>
  );
}

function wordsOf({ name, direction }: ProjectShot): string {
  return [name, ...direction.prompts.map(({ prompt }) => prompt)].join(' ');
}

interface ShotProps {
  readonly shot: ProjectShot;
  readonly takes: readonly Take[];
  /** Clips that show it. */
  readonly uses: number;
  readonly watch: WatchTake;
}

function Shot({ shot, takes, uses, watch }: ShotProps) {
  const sorted = takes.toSorted((a, b) => b.rating - a.rating || a.number - b.number);
  return (
    <section className={styles['shot']} aria-label={shot.name}>
      <ShotHeader shot={shot} first={sorted[0]} uses={uses} />
      {sorted.map((take) => (
        <TakeRow key={take.id} take={take} watch={watch} />
      ))}
    </section>
  );
}

function takesByShot(takes: Iterable<Take>): ReadonlyMap<ProjectShot['id'], readonly Take[]> {
  const byShot = new Map<ProjectShot['id'], Take[]>();
  for (const take of takes) byShot.set(take.shotId, [...(byShot.get(take.shotId) ?? []), take]);
  return byShot;
}

function usesOf(clips: Project['clips']): ReadonlyMap<ProjectShot['id'], number> {
  const uses = new Map<ProjectShot['id'], number>();
  for (const { source } of clips.values())
    if (source.kind === 'shot') uses.set(source.shotId, (uses.get(source.shotId) ?? 0) + 1);
  return uses;
}
