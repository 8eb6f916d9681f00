/** What can be done with a stage of a take: made, made again, tried with another seed, compared. The first is a button, the others a menu. */
import { ChevronsUp, RotateCw, X } from 'lucide-react';
import type { StageSpec } from '#shared/pack-manifest';
import { changeTakeStage } from '#shared/project/edits/takes';
import type { LadderStage } from '#shared/studio/ladder';
import { Actions, type Action } from '../controls/Actions';
import { IconButton } from '../controls/Button';
import { costOf } from '../generate/cost';
import { costText } from '../generate/quantity-text';
import { randomSeed } from '../generate/new-shot';
import { run } from '../generate/run';
import { changeQueue } from '../queue/change-queue';
import type { SelectedShot } from '../studio/selected';
import type { Studio } from '../studio/studio';
import { useSay, useStudio, useWork } from '../studio/use-studio';
import { upwards } from './run-upwards';

interface Props {
  readonly selected: SelectedShot;
  readonly spec: StageSpec;
  readonly stage: LadderStage | undefined;
}

export function LaneActions({ selected, spec, stage }: Props) {
  const say = useSay();
  const ladders = useWork((work) => work.ladders);
  const { id } = spec;
  const cost = costOf(ladders, [selected.take.id], { upTo: id });
  return (
    <>
      <MainAction
        stage={stage}
        id={id}
        takeId={selected.take.id}
        label={`${say('ladder.run', { stage: id })}: ${costText(cost, say)}`}
        isIdle={cost.stages === 0}
      />
      <Actions label={say('ladder.actions', { stage: id })} actions={useOtherActions({ selected, spec, stage })} />
    </>
  );
}

function useOtherActions({ selected, spec: { id }, stage }: Props): readonly Action[] {
  const say = useSay();
  const studio = useStudio();
  const { take, pack } = selected;
  const ladders = useWork((work) => work.ladders);
  const ladder = ladders.get(take.id);
  const kind = stage?.state.kind;
  const isBusy = kind === 'running' || kind === 'queued';
  const isReplaced = kind === 'replaced';
  const reach = isBusy || isReplaced ? undefined : upwards(pack?.manifest.stages ?? [], ladder, id);
  const isNothingThere = stage?.shown === undefined;
  const sides = [
    { takeId: take.id, stage: id },
    { takeId: take.id, stage: undefined },
  ];
  return [
    {
      id: 'from',
      label: say('ladder.again', { stage: id }),
      isDisabled: isBusy || isReplaced || kind === 'done' || !inputIsThere(selected, ladder?.stages, id),
      run: () => void run(studio, [take.id], { from: id, upTo: id }),
    },
    {
      id: 'upwards',
      label: [say('ladder.upwards', { stage: id }), reach && costText(costOf(ladders, [take.id], reach), say)]
        .filter(Boolean)
        .join(': '),
      isDisabled: reach === undefined,
      run: () => void run(studio, [take.id], reach),
    },
    {
      id: 'seed',
      label: say('ladder.anotherSeed', { stage: id }),
      isDisabled: isBusy || isReplaced,
      run: () => void withAnotherSeed(studio, selected, id),
    },
    {
      id: 'compare',
      label: say('ladder.compare'),
      isDisabled: isNothingThere,
      run: () => studio.looking.setState({ mode: 'compare', sides }),
    },
    {
      id: 'wipe',
      label: say('ladder.wipe'),
      isDisabled: isNothingThere,
      run: () => studio.looking.setState({ mode: 'picture', wiped: { takeId: undefined, stage: id } }),
    },
  ];
}

interface MainProps {
  readonly stage: LadderStage | undefined;
  readonly id: StageSpec['id'];
  readonly takeId: SelectedShot['take']['id'];
  readonly label: string;
  /** Nothing is to be made up to here. */
  readonly isIdle: boolean;
}

function MainAction({ stage, id, takeId, label, isIdle }: MainProps) {
  const say = useSay();
  const studio = useStudio();
  const state = stage?.state;
  if (state?.kind === 'running' || state?.kind === 'queued')
    return (
      <IconButton
        label={say('ladder.cancel', { stage: id })}
        onClick={() => changeQueue(studio, { kind: 'cancel', id: state.job })}
      >
        <X size={13} aria-hidden />
      </IconButton>
    );
  if (state?.kind === 'failed')
    return (
      <IconButton
        label={say('ladder.retry', { stage: id })}
        onClick={() => changeQueue(studio, { kind: 'retry', id: state.job })}
      >
        <RotateCw size={13} aria-hidden />
      </IconButton>
    );
  return (
    <IconButton
      label={isIdle ? say('run.allThere', { stage: id }) : label}
      disabled={isIdle}
      onClick={() => void run(studio, [takeId], { upTo: id })}
    >
      <ChevronsUp size={14} aria-hidden />
    </IconButton>
  );
}

/** Whether there is anything of the stage before, stale or not; the first needs nothing. */
function inputIsThere({ pack }: SelectedShot, ladder: readonly LadderStage[] = [], id: StageSpec['id']): boolean {
  const stages = pack?.manifest.stages ?? [];
  const before = stages[stages.findIndex((each) => each.id === id) - 1];
  return before === undefined || ladder.find(({ stage }) => stage === before.id)?.shown !== undefined;
}

/** This take alone gets a seed for this stage; it is made with it, and what follows is stale. */
async function withAnotherSeed(studio: Studio, { take }: SelectedShot, stage: StageSpec['id']): Promise<void> {
  const made = studio.document.edit((project) => {
    const overrides = project.takes.get(take.id)?.stages[stage] ?? {};
    return changeTakeStage(project, { takeId: take.id, stage, overrides: { ...overrides, seed: randomSeed() } });
  });
  if (made) await run(studio, [take.id], { upTo: stage });
}
