/** Several clips are selected: how their shots are generated, what of them is stale, and what renewing it takes. */
import { takesOfClips } from '#shared/project/takes-of-clips';
import { costOfStale, staleAmong } from '../generate/cost';
import { costText } from '../generate/quantity-text';
import { runStale } from '../generate/run';
import { Button } from '../controls/Button';
import { shotsOfClips } from '../studio/selected';
import { useDocument, useSay, useStudio, useTimeline, useWork } from '../studio/use-studio';
import { DirectionPresets } from './DirectionPresets';
import styles from './inspector.module.css';

export function SeveralSection() {
  const say = useSay();
  const studio = useStudio();
  const project = useDocument((document) => document.project);
  const selection = useTimeline((timeline) => timeline.selection);
  const stale = useWork((work) => work.stale);
  const packs = useWork((work) => work.packs);
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const clips = [...selection].flatMap((id) => project.clips.get(id) ?? []);
  const shots = shotsOfClips(project, clips, packs);
  const isDisabled = isReadOnly || clips.some(({ trackId }) => project.tracks.get(trackId)?.locked === true);
  const takes = takesOfClips(project, selection);
  const cost = costOfStale(staleAmong(stale, takes));
  return (
    <>
      <div className={styles['run']}>
        <p className={styles['hint']}>{say('inspector.several', { count: selection.size })}</p>
        {cost.stages > 0 && (
          <>
            <div>
              <Button isStrong onClick={() => void runStale(studio, takes)}>
                {say('run.allStale')}
              </Button>
            </div>
            <p className={styles['hint']}>{costText(cost, say)}</p>
          </>
        )}
      </div>
      {shots.length > 0 && <DirectionPresets shots={shots} isDisabled={isDisabled} />}
    </>
  );
}
