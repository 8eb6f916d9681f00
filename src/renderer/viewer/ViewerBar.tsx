/** What the viewer shows, beside what, and how large. */
import type { StageSpec } from '#shared/pack-manifest';
import { Menu, Segments } from '../controls/Choice';
import { useSay } from '../studio/use-studio';
import type { Looking } from './Viewer';
import styles from './viewer.module.css';

interface Props {
  readonly stages: readonly StageSpec[];
  readonly looking: Looking;
  readonly onChange: (next: Partial<Looking>) => void;
}

/** No stage can bear these names: theirs have no capitals. */
const edit = 'EDIT';
const none = 'NONE';

export function ViewerBar({ stages, looking, onChange }: Props) {
  const say = useSay();
  const options = stages.map(({ id, output }) => ({
    value: String(id),
    label: `${id}  ${output.width}×${output.height}`,
  }));
  const stageOf = (value: string) => stages.find(({ id }) => id === value)?.id;
  const isDisabled = stages.length === 0;
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('panel.viewer')}>
      <Segments
        label={say('panel.viewer')}
        value={looking.mode}
        options={[
          { value: 'picture', label: say('viewer.picture') },
          { value: 'ladder', label: say('viewer.ladder'), isDisabled },
        ]}
        onChange={(mode) => onChange({ mode })}
      />
      <span className={styles['space']} />
      <span className={styles['choice']}>
        <Menu
          label={say('viewer.source')}
          value={looking.stage ?? edit}
          options={[{ value: edit, label: say('viewer.edit') }, ...options]}
          onChange={(value) => onChange({ stage: stageOf(value) })}
          isDisabled={isDisabled}
        />
      </span>
      <span className={styles['choice']}>
        <Menu
          label={say('viewer.compareWith')}
          value={looking.compared ?? none}
          options={[{ value: none, label: say('viewer.noCompare') }, ...options]}
          onChange={(value) => onChange({ compared: stageOf(value) })}
          isDisabled={isDisabled}
        />
      </span>
      <Segments
        label={say('viewer.scale')}
        value={looking.scale}
        options={[
          { value: 'fit', label: say('viewer.fit') },
          { value: 'actual', label: say('viewer.actual') },
        ]}
        onChange={(scale) => onChange({ scale })}
      />
    </div>
  );
}
