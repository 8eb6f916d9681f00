/** Two to four clips side by side, in step: takes, seeds or stages of the selected shot, all at the frame that the playhead shows of it. */
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { IconButton } from '../controls/Button';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useLooking, useSay, useStudio } from '../studio/use-studio';
import { mostSides } from '../viewer/looking';
import styles from './compare.module.css';
import { CompareSide } from './CompareSide';
import { columnsOf, sidesThere, withOneMore, withoutSide, withSide } from './sides';

interface Props {
  readonly selected: SelectedShot;
}

export function CompareView({ selected }: Props) {
  const say = useSay();
  const { looking } = useStudio();
  const chosen = useLooking((state) => state.sides);
  const takes = useDocument(({ project }) => project.takes);
  const ofShot = useMemo(
    () => [...takes.values()].filter(({ shotId }) => shotId === selected.shot.id).sort((a, b) => a.number - b.number),
    [takes, selected.shot.id],
  );
  const ids = ofShot.map(({ id }) => id);
  const stages = (selected.pack?.manifest.stages ?? []).map(({ id }) => id);
  const kept = sidesThere(chosen, new Set(ids));
  const sides = kept.length > 0 ? kept : usual(selected, ids);
  const change = (next: typeof sides): void => looking.setState({ sides: next });
  return (
    <div
      className={styles['grid']}
      style={{ gridTemplateColumns: `repeat(${columnsOf(sides.length)}, minmax(0, 1fr))` }}
      role="group"
      aria-label={say('compare.label', { count: sides.length })}
    >
      {sides.map((side, index) => (
        <CompareSide
          key={`${index} ${side.takeId}`}
          side={side}
          place={index + 1}
          takes={ofShot}
          selected={selected}
          isRemovable={sides.length > 2}
          onChange={(next) => change(withSide(sides, index, next))}
          onRemove={() => change(withoutSide(sides, index))}
        />
      ))}
      {sides.length < mostSides && (
        <span className={styles['more']}>
          <IconButton label={say('compare.add')} onClick={() => change(withOneMore(sides, ids, stages))}>
            <Plus size={14} aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  );
}

/** The selected take at its first and at its highest stage. */
function usual({ take, pack }: SelectedShot, takes: readonly SelectedShot['take']['id'][]) {
  const other = takes.find((id) => id !== take.id);
  const current = { takeId: take.id, stage: undefined };
  const first = { takeId: take.id, stage: pack?.manifest.stages[0]?.id };
  return other === undefined ? [first, current] : [{ takeId: other, stage: undefined }, current];
}
