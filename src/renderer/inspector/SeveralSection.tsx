/** Several clips are selected: what of them is stale, and what renewing it takes. */
import { costOfRuns, staleRuns } from '../generate/cost';
import { costText } from '../generate/quantity-text';
import { runStale } from '../generate/run';
import { takesOfClips } from '../generate/takes-of-clips';
import { Button } from '../controls/Button';
import { useDocument, useSay, useStudio, useTimeline, useWork } from '../studio/use-studio';
import styles from './inspector.module.css';

export function SeveralSection() {
  const say = useSay();
  const studio = useStudio();
  const project = useDocument((document) => document.project);
  const selection = useTimeline((timeline) => timeline.selection);
  const ladders = useWork((work) => work.ladders);
  const runs = staleRuns(ladders, takesOfClips(project, selection));
  const cost = costOfRuns(ladders, runs);
  return (
    <div className={styles['run']}>
      <p className={styles['hint']}>{say('inspector.several', { count: selection.size })}</p>
      {cost.stages > 0 && (
        <>
          <div>
            <Button isStrong onClick={() => void runStale(studio, runs)}>
              {say('run.allStale')}
            </Button>
          </div>
          <p className={styles['hint']}>{costText(cost, say)}</p>
        </>
      )}
    </div>
  );
}
