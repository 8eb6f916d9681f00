/** The parameters of one stage: what the pack says, what this shot says instead, and what one take says instead of that. */
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { ToggleGroup } from 'radix-ui';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageOverrides } from '#shared/stage-parameters';
import { Button, IconButton } from '../controls/Button';
import { Segments } from '../controls/Choice';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio, useTimeline } from '../studio/use-studio';
import styles from './inspector.module.css';
import { changed, fieldsOf, ownOverrides, type Scope, type ScopedStage } from './stage-scope';
import { StageFields } from './StageFields';

interface Props {
  readonly selected: SelectedShot;
  readonly stages: readonly StageSpec[];
  readonly isDisabled: boolean;
}

export function StageSection({ selected: { shot, take }, stages, isDisabled }: Props) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const chosen = useTimeline(({ stage }) => stage);
  const [scope, setScope] = useState<Scope>('shot');
  const spec = stages.find(({ id }) => id === chosen) ?? stages[0];
  if (spec === undefined) return null;
  const scoped: ScopedStage = { scope, shot, take, stage: spec.id };
  const own = ownOverrides(scoped);
  const change = (overrides: StageOverrides | undefined, where = scoped): void =>
    void document.edit((project) => changed(project, where, overrides));
  const ofTake = fieldsOf(take.stages[spec.id] ?? {});
  return (
    <div className={styles['section']}>
      <StageChoice
        stages={stages}
        chosen={spec}
        changed={new Set([...Object.keys(shot.direction.stages), ...Object.keys(take.stages)])}
        onChoose={(stage) => timeline.setState({ stage })}
      />
      <h3 className={styles['heading']}>
        {spec.title}
        <IconButton
          label={say(scope === 'shot' ? 'inspector.reset' : 'inspector.resetTake')}
          disabled={isDisabled || fieldsOf(own).length === 0}
          onClick={() => change(undefined)}
        >
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      </h3>
      <Segments
        label={say('inspector.scope')}
        value={scope}
        options={[
          { value: 'shot', label: say('inspector.scopeShot') },
          { value: 'take', label: say('library.take', { number: take.number }) },
        ]}
        onChange={setScope}
      />
      {scope === 'shot' && ofTake.length > 0 && (
        <p className={styles['differs']}>
          {say('inspector.takeDiffers', {
            take: take.number,
            fields: ofTake.map((field) => say(`field.${field}`)).join(', '),
          })}
          <Button onClick={() => setScope('take')}>{say('inspector.showTake')}</Button>
          <Button disabled={isDisabled} onClick={() => change(undefined, { ...scoped, scope: 'take' })}>
            {say('inspector.dropTake')}
          </Button>
        </p>
      )}
      <StageFields key={`${spec.id} ${scope}`} spec={spec} scoped={scoped} isDisabled={isDisabled} onChange={change} />
    </div>
  );
}

interface ChoiceProps {
  readonly stages: readonly StageSpec[];
  readonly chosen: StageSpec;
  readonly changed: ReadonlySet<string>;
  readonly onChoose: (stage: StageSpec['id']) => void;
}

function StageChoice({ stages, chosen, changed: isChanged, onChoose }: ChoiceProps) {
  const say = useSay();
  return (
    <ToggleGroup.Root
      type="single"
      className={styles['stages']}
      aria-label={say('inspector.stage')}
      value={chosen.id}
      onValueChange={(id) => {
        const stage = stages.find((each) => each.id === id);
        if (stage !== undefined) onChoose(stage.id);
      }}
    >
      {stages.map((stage) => (
        <ToggleGroup.Item
          key={stage.id}
          value={stage.id}
          className={styles['stage']}
          title={isChanged.has(stage.id) ? `${stage.title}: ${say('inspector.changed')}` : stage.title}
        >
          <span className={styles['fieldName']} data-changed={isChanged.has(stage.id) ? 'shot' : undefined}>
            {stage.id}
          </span>
          <span className={styles['kind']}>
            {stage.kind === 'tsr'
              ? say('inspector.fps', { fps: stage.output.fps })
              : `${stage.output.width}×${stage.output.height}`}
          </span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
