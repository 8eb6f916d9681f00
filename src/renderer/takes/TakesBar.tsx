/** What can be done with takes: show only the good ones, make more, compare, carry to the top, remove. */
import { Columns2, Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Take } from '#shared/project/project-shot';
import { Button, IconButton } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { costOf } from '../generate/cost';
import { costText } from '../generate/quantity-text';
import { run } from '../generate/run';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useLooking, useSay, useStudio, useWork } from '../studio/use-studio';
import { fewestSides, mostSides } from '../viewer/looking';
import { compareTakes } from '../viewer/show';
import { remove, vary } from './act-on-takes';
import styles from './takes.module.css';

interface Props {
  readonly selected: SelectedShot;
  /** Those that are shown. */
  readonly takes: readonly Take[];
}

const counts = [1, 2, 4, 8, 16] as const;

export function TakesBar({ selected, takes }: Props) {
  const say = useSay();
  const { looking } = useStudio();
  const leastRating = useLooking((state) => state.leastRating);
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('takes.bar')}>
      <span className={styles['filter']}>
        <Menu
          label={say('takes.filter')}
          value={String(leastRating)}
          options={[0, 1, 2, 3, 4, 5].map((rating) => ({
            value: String(rating),
            label: rating === 0 ? say('takes.all') : `${'★'.repeat(rating)}${rating < 5 ? '+' : ''}`,
          }))}
          onChange={(value) => looking.setState({ leastRating: Number(value), marked: new Set() })}
        />
      </span>
      <MoreTakes selected={selected} />
      <span className={styles['space']} />
      <MarkedActions selected={selected} takes={takes} />
    </div>
  );
}

function MoreTakes({ selected: { take, pack } }: Pick<Props, 'selected'>) {
  const say = useSay();
  const studio = useStudio();
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const [count, setCount] = useState(4);
  const base = pack?.manifest.stages[0]?.id;
  return (
    <>
      <span className={styles['count']}>
        <Menu
          label={say('takes.count')}
          value={String(count)}
          options={counts.map((each) => ({ value: String(each), label: `×${each}` }))}
          onChange={(value) => setCount(Number(value))}
        />
      </span>
      <Button disabled={base === undefined || isReadOnly} onClick={() => void vary(studio, take, count, base)}>
        {say('takes.more')}
      </Button>
    </>
  );
}

function MarkedActions({ selected: { take: current, pack }, takes }: Props) {
  const say = useSay();
  const studio = useStudio();
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const all = useLooking((state) => state.marked);
  const ladders = useWork((work) => work.ladders);
  const marked = takes.filter(({ id }) => all.has(id)).map(({ id }) => id);
  const stages = pack?.manifest.stages ?? [];
  const cost = costOf(ladders, marked);
  const count = marked.length;
  const top = stages.at(-1)?.id;
  const first = takes.find(({ id }) => id === marked[0]) ?? current;
  return (
    <>
      <span className={styles['said']}>{count === 0 ? say('takes.hint') : say('takes.marked', { count })}</span>
      <IconButton
        label={say('takes.compare')}
        disabled={count < fewestSides || count > mostSides}
        onClick={() => compareTakes(studio, marked)}
      >
        <Columns2 size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={say('takes.duplicate')}
        keys="D"
        disabled={isReadOnly || count !== 1}
        onClick={() => void vary(studio, first, 1, stages[0]?.id)}
      >
        <Copy size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={say('takes.remove')}
        keys="Del"
        disabled={isReadOnly || count === 0}
        onClick={() => remove(studio, marked)}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
      <Button
        isStrong
        disabled={isReadOnly || cost.stages === 0 || top === undefined}
        title={cost.stages === 0 ? undefined : costText(cost, say)}
        onClick={() => void run(studio, marked, top === undefined ? {} : { upTo: top })}
      >
        {cost.stages === 0 ? say('takes.promote') : say('takes.promoteCost', { count, cost: costText(cost, say) })}
      </Button>
    </>
  );
}
