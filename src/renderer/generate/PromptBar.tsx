/** Words for the next shot, how many takes of it, how far to carry them, with which seed, and the button that begins. */
import { Dices, X } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { longestPrompt } from '#shared/shot';
import type { StageId, StageSpec } from '#shared/pack-manifest';
import { Button, IconButton } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import type { Studio } from '../studio/studio';
import { useDocument, useSay, useStudio, useView, useWork } from '../studio/use-studio';
import styles from './generate.module.css';
import { randomSeed } from './new-shot';
import { knownPackOfNewShots, packOfNewShots } from './pack-of-new-shots';
import { withPrompt } from './prompt-history';
import { promptInputId } from './prompt-input';
import { PromptAdvice } from './PromptAdvice';
import { prepare, runNewShot } from './run';
import { useRecall } from './use-recall';

const counts = [1, 2, 4, 8, 16] as const;

export function PromptBar() {
  const say = useSay();
  const studio = useStudio();
  const draft = useView((view) => view.draft);
  const [chosen, setChosen] = useState<string>();
  const [count, setCount] = useState(1);
  const [seed, setSeed] = useState<number>();
  const pack = useWork(packOfNewShots);
  const hasNoPack = useWork(({ arePacksKnown }) => arePacksKnown) && pack === undefined;
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const stages = pack?.manifest.stages ?? [];
  const stopAt = stages.find(({ id }) => id === chosen) ?? stages[0];
  const write = (text: string): void => studio.view.getState().set({ draft: text });
  const recall = useRecall(draft, write);

  const isReady = !hasNoPack && !isReadOnly && draft.trim() !== '';
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isReady) void generate(studio, draft.trim(), { count, seed, stopAt: chosen });
  };

  return (
    <form className={styles['prompt']} onSubmit={submit}>
      <input
        id={promptInputId}
        className={styles['input']}
        aria-label={say('prompt.label')}
        aria-describedby="prompt-advice"
        placeholder={hasNoPack ? say('prompt.noPack') : say('prompt.placeholder')}
        value={draft}
        maxLength={longestPrompt}
        autoComplete="off"
        onFocus={() => pack !== undefined && prepare(studio, pack.hash)}
        onChange={(event) => write(event.target.value)}
        onKeyDown={recall}
      />
      <Extent count={count} onCount={setCount} stages={stages} stopAt={stopAt?.id} onStopAt={setChosen} />
      <Seed seed={seed} onChange={setSeed} />
      <Button type="submit" isStrong disabled={!isReady}>
        {say('prompt.generate')}
      </Button>
      {pack !== undefined && stopAt !== undefined && (
        <PromptAdvice draft={draft} pack={pack} upTo={stopAt.id} count={count} onChoose={write} />
      )}
    </form>
  );
}

interface Wanted {
  readonly count: number;
  /** Of the first; absent: another one for each take. */
  readonly seed: number | undefined;
  /** A stage; of a pack that has no such one, its first. */
  readonly stopAt: string | undefined;
}

/** The bar is empty at once; where there turns out to be no pack, the words come back. */
async function generate(studio: Studio, prompt: string, { count, seed, stopAt }: Wanted): Promise<void> {
  const view = studio.view.getState();
  view.set({ draft: '', prompts: withPrompt(view.prompts, prompt) });
  // From here on keys mean playback and editing again; one key brings the cursor back.
  document.getElementById(promptInputId)?.blur();
  const pack = await knownPackOfNewShots(studio.work);
  if (pack === undefined) {
    view.set({ draft: prompt });
    return;
  }
  const { stages } = pack.manifest;
  const upTo = stages.find(({ id }) => id === stopAt) ?? stages[0];
  const seeds = Array.from({ length: count }, (_, index) => (seed === undefined ? randomSeed() : seed + index));
  await runNewShot(studio, { prompt, seeds, pack }, upTo?.id);
}

interface ExtentProps {
  readonly count: number;
  readonly onCount: (count: number) => void;
  readonly stages: readonly StageSpec[];
  readonly stopAt: StageId | undefined;
  readonly onStopAt: (stage: string) => void;
}

/** How many takes, and up to which stage. */
function Extent({ count, onCount, stages, stopAt, onStopAt }: ExtentProps) {
  const say = useSay();
  return (
    <>
      <Menu
        label={say('prompt.count')}
        value={String(count)}
        options={counts.map((each) => ({ value: String(each), label: `×${each}` }))}
        onChange={(value) => onCount(Number(value))}
        isDisabled={stages.length === 0}
      />
      <Menu<StageId | ''>
        label={say('prompt.stopAt')}
        value={stopAt ?? ''}
        options={stages.map(({ id, output }) => ({
          value: id,
          label: `${id}  ${output.width}×${output.height}`,
        }))}
        onChange={onStopAt}
        isDisabled={stages.length === 0}
      />
    </>
  );
}

interface SeedProps {
  /** Absent: another one for each take. */
  readonly seed: number | undefined;
  readonly onChange: (seed: number | undefined) => void;
}

function Seed({ seed, onChange }: SeedProps) {
  const say = useSay();
  if (seed === undefined)
    return (
      <IconButton label={say('prompt.fixSeed')} onClick={() => onChange(randomSeed())}>
        <Dices size={15} aria-hidden />
      </IconButton>
    );
  return (
    <span className={styles['seed']}>
      <NumberField
        label={say('inspector.seed')}
        value={seed}
        least={0}
        most={Number.MAX_SAFE_INTEGER}
        onChange={onChange}
      />
      <IconButton label={say('inspector.dice')} onClick={() => onChange(randomSeed())}>
        <Dices size={14} aria-hidden />
      </IconButton>
      <IconButton label={say('prompt.freeSeed')} onClick={() => onChange(undefined)}>
        <X size={14} aria-hidden />
      </IconButton>
    </span>
  );
}
