/** Beneath the prompt while it is written: what it would take, words that the pack does not know, and examples. */
import { useState } from 'react';
import { sumOfCosts, type Cost } from '#shared/studio/cost';
import type { StageId } from '#shared/pack-manifest';
import { newTakeId } from '#shared/project/ids';
import type { Ladder } from '#shared/studio/ladder';
import { unknownWords } from '#shared/unknown-words';
import type { Pack } from '../studio/selected';
import { useSay, useWork } from '../studio/use-studio';
import { costOf } from './cost';
import styles from './generate.module.css';
import { examplesOf } from './prompt-examples';
import { costText } from './quantity-text';
import { useEstimate } from './use-estimate';

interface Props {
  readonly draft: string;
  readonly pack: Pack;
  readonly upTo: StageId;
  /** Of takes. */
  readonly count: number;
  readonly onChoose: (prompt: string) => void;
}

const examplesShown = 4;

export function PromptAdvice({ draft, pack, upTo, count, onChoose }: Props) {
  const say = useSay();
  const [turn, setTurn] = useState(0);
  const ended = useWork(({ queue }) =>
    queue.kind === 'here' ? queue.jobs.filter(({ state }) => state.kind === 'done').length : 0,
  );
  const ladder = useEstimate(pack.hash, ended);
  const unknown = unknownWords(draft, pack.manifest);
  const examples = draft.trim() === '' ? examplesOf(pack.manifest, examplesShown, turn) : [];
  const hasMore = (pack.manifest.prompting?.examples.length ?? 0) > examplesShown;
  return (
    <div id="prompt-advice" className={styles['advice']}>
      {ladder !== undefined && ladder.stages.length > 0 && (
        <p>
          {say('prompt.cost', { takes: count, stage: upTo, cost: costText(costOfTakes(ladder, upTo, count), say) })}
        </p>
      )}
      {unknown.length > 0 && (
        <p className={styles['unknown']} role="status">
          {say('prompt.unknown', { pack: pack.manifest.title, words: unknown.join(', ') })}
        </p>
      )}
      {examples.length > 0 && (
        <div className={styles['examples']} role="group" aria-label={say('prompt.examples')}>
          {examples.map((example) => (
            <button
              key={example}
              type="button"
              className={styles['example']}
              // The prompt keeps the cursor.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(example)}
            >
              {example}
            </button>
          ))}
          {hasMore && (
            <button
              type="button"
              className={styles['others']}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => setTurn(turn + 1)}
            >
              {say('prompt.otherExamples')}
            </button>
          )}
        </div>
      )}
      <p className={styles['keys']}>{say('prompt.keys')}</p>
    </div>
  );
}

function costOfTakes(ladder: Ladder, upTo: StageId, count: number): Cost {
  const take = newTakeId();
  const one = costOf(new Map([[take, ladder]]), [take], { upTo });
  return sumOfCosts(Array.from({ length: count }, () => one));
}
