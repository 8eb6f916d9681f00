/** The parameters of one stage: what the pack says, and what this shot says instead. */
import { RotateCcw } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { resolveParameters } from '#engine/plan-parameters';
import type { PackManifest, StageSpec } from '#shared/pack-manifest';
import { changeStage } from '#shared/project/edits/shots';
import type { ProjectShot } from '#shared/project/project-shot';
import type { StageOverrides } from '#shared/stage-parameters';
import { IconButton } from '../controls/Button';
import { useSay, useStudio, useTimeline } from '../studio/use-studio';
import styles from './inspector.module.css';
import { StageFields } from './StageFields';

interface Props {
  readonly shot: ProjectShot;
  readonly manifest: PackManifest;
  readonly isDisabled: boolean;
}

export function StageSection({ shot, manifest, isDisabled }: Props) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const chosen = useTimeline(({ stage }) => stage);
  const spec = manifest.stages.find(({ id }) => id === chosen) ?? manifest.stages[0];
  if (spec === undefined) return null;
  const overrides = shot.direction.stages[spec.id] ?? {};
  const parameters = resolveParameters(spec, overrides);
  const change = (stage: StageOverrides | undefined): void =>
    void document.edit((project) =>
      changeStage(project, { shotId: shot.id, stage: spec.id, ...(stage && { overrides: stage }) }),
    );
  return (
    <div className={styles['section']}>
      <StageChoice
        stages={manifest.stages}
        chosen={spec}
        changed={new Set(Object.keys(shot.direction.stages))}
        onChoose={(stage) => timeline.setState({ stage })}
      />
      <h3 className={styles['heading']}>
        {spec.title}
        <IconButton
          label={say('inspector.reset')}
          disabled={isDisabled || Object.keys(overrides).length === 0}
          onClick={() => change(undefined)}
        >
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      </h3>
      <StageFields
        key={spec.id}
        spec={spec}
        parameters={parameters}
        overrides={overrides}
        isDisabled={isDisabled}
        onChange={(field) => change({ ...overrides, ...field })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly stages: readonly StageSpec[];
  readonly chosen: StageSpec;
  readonly changed: ReadonlySet<string>;
  readonly onChoose: (stage: StageSpec['id']) => void;
}

function StageChoice({ stages, chosen, changed, onChoose }: ChoiceProps) {
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
          title={changed.has(stage.id) ? `${stage.title}: ${say('inspector.changed')}` : stage.title}
        >
          <span className={changed.has(stage.id) ? styles['changed'] : undefined}>{stage.id}</span>
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
