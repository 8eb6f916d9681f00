/** What is wiped in from the right: a stage of the take that is shown, or another take of the shot, and which stage of that. */
import { Menu } from '../controls/Choice';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useLooking, useSay, useStudio } from '../studio/use-studio';
import { stageOptions } from './stage-options';
import styles from './viewer.module.css';
import { otherTakes, wipedThere } from './wiped';

interface Props {
  readonly selected: SelectedShot | undefined;
}

/** Neither a stage nor a take can bear these names: theirs have no capitals. */
const [none, highest] = ['NONE', 'HIGHEST'];

export function WipeChoice({ selected }: Props) {
  const say = useSay();
  const { looking } = useStudio();
  const takes = useDocument(({ project }) => project.takes);
  const chosen = useLooking((state) => state.wiped);
  const stages = selected?.pack?.manifest.stages ?? [];
  const others = selected === undefined ? [] : otherTakes(selected, takes);
  const wiped = selected && wipedThere(chosen, selected, takes);
  const stageNamed = (value: string) => stages.find(({ id }) => id === value)?.id;
  const wipeTo = (value: string): void =>
    looking.setState(({ stage: shown }) => {
      const stage = stageNamed(value);
      const other = others.find(({ id }) => id === value);
      // Of another take the stage that is looked at: like beside like.
      if (other !== undefined) return { wiped: { takeId: other.id, stage: shown } };
      return { wiped: stage === undefined ? undefined : { takeId: undefined, stage } };
    });
  return (
    <>
      <span className={styles['choice']}>
        <Menu
          label={say('viewer.wipeTo')}
          value={wiped?.takeId ?? wiped?.stage ?? none}
          options={[
            { value: none, label: say('viewer.noWipe') },
            ...stageOptions(stages),
            ...others.map(({ id, number, seed }) => ({ value: id, label: say('viewer.wipeTake', { number, seed }) })),
          ]}
          onChange={wipeTo}
          isDisabled={stages.length === 0}
        />
      </span>
      {wiped?.takeId !== undefined && (
        <span className={styles['choice']}>
          <Menu
            label={say('viewer.wipeStage')}
            value={wiped.stage ?? highest}
            options={[{ value: highest, label: say('viewer.highest') }, ...stageOptions(stages)]}
            onChange={(value) => looking.setState({ wiped: { takeId: wiped.takeId, stage: stageNamed(value) } })}
          />
        </span>
      )}
    </>
  );
}
