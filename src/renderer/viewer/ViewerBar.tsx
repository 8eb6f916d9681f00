/** What the viewer shows, beside what, and how large. */
import { Menu, Segments } from '../controls/Choice';
import type { SelectedShot } from '../studio/selected';
import { useLooking, useSay, useStudio } from '../studio/use-studio';
import { lookingModes } from './looking';
import { show } from './show';
import { stageOptions } from './stage-options';
import styles from './viewer.module.css';
import { WipeChoice } from './WipeChoice';
import { zoomFactors, zoomTo } from './zoom';

interface Props {
  readonly selected: SelectedShot | undefined;
}

/** No stage can bear this name: theirs have no capitals. */
const edit = 'EDIT';

export function ViewerBar({ selected }: Props) {
  const say = useSay();
  const studio = useStudio();
  const mode = useLooking((looking) => looking.mode);
  const isDisabled = selected?.pack === undefined;
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('panel.viewer')}>
      <Segments
        label={say('viewer.mode')}
        value={isDisabled ? 'picture' : mode}
        options={lookingModes.map((value) => ({
          value,
          label: say(`mode.${value}`),
          isDisabled: value !== 'picture' && isDisabled,
        }))}
        onChange={(next) => show(studio, next)}
      />
      <span className={styles['space']} />
      {mode !== 'ladder' && mode !== 'compare' && <StageChoices selected={selected} />}
      {(mode === 'picture' || mode === 'compare') && <ZoomChoice />}
    </div>
  );
}

function StageChoices({ selected }: Props) {
  const say = useSay();
  const { looking } = useStudio();
  const mode = useLooking((looking) => looking.mode);
  const stage = useLooking((looking) => looking.stage);
  const stages = selected?.pack?.manifest.stages ?? [];
  const known = (id: string | undefined) => stages.find((each) => each.id === id)?.id;
  const isDisabled = stages.length === 0;
  const whole = say(mode === 'takes' ? 'viewer.highest' : 'viewer.edit');
  return (
    <>
      <span className={styles['choice']}>
        <Menu
          label={say('viewer.source')}
          value={known(stage) ?? edit}
          options={[{ value: edit, label: whole }, ...stageOptions(stages)]}
          onChange={(value) => looking.setState({ stage: known(value) })}
          isDisabled={isDisabled}
        />
      </span>
      {mode === 'picture' && <WipeChoice selected={selected} />}
    </>
  );
}

function ZoomChoice() {
  const say = useSay();
  const { looking } = useStudio();
  const factor = useLooking(({ zoom }) => zoom.factor);
  return (
    <span className={styles['zoom']}>
      <Menu
        label={say('viewer.scale')}
        value={String(factor)}
        options={[
          { value: 'fit', label: say('viewer.fit') },
          ...zoomFactors.map((each) => ({ value: String(each), label: `${each * 100} %` })),
        ]}
        onChange={(value) => looking.setState({ zoom: zoomTo(value === 'fit' ? value : Number(value)) })}
      />
    </span>
  );
}
