/** What is being made and what waits, how long it takes, and what can be done about it. */
import { Eraser, Pause, Play } from 'lucide-react';
import { Button, IconButton } from '../controls/Button';
import { costOfStale } from '../generate/cost';
import { costText, durationText } from '../generate/quantity-text';
import { runStale } from '../generate/run';
import { useDocument, useSay, useStudio, useView, useWork } from '../studio/use-studio';
import { changeQueue } from './change-queue';
import { JobList } from './JobList';
import { JobRow } from './JobRow';
import { queueLists, totalTime, type QueueLists } from './queue-order';
import styles from './queue.module.css';
import { useClearedJobs } from './use-cleared-jobs';
import { useNow } from './use-now';

/** Jobs that ended stay in sight until newer ones come. */
const mostEnded = 5;

export function Queue() {
  const say = useSay();
  const queue = useWork((work) => work.queue);
  const folder = useDocument((document) => document.folder);
  const { isCleared, clear } = useClearedJobs();
  const lists = queueLists(queue.kind === 'here' ? queue.jobs : []);
  const here = lists.ended.filter((job) => job.target?.folder === folder && !isCleared(job));
  const ended = here.slice(0, mostEnded);
  return (
    <section className={styles['queue']} aria-label={say('panel.queue')}>
      <h2 className={styles['heading']}>
        {say('panel.queue')}
        {queue.kind === 'here' && <QueueActions isHeld={queue.isHeld} ended={ended} onClear={clear} />}
      </h2>
      {queue.kind === 'elsewhere' && <p className={styles['note']}>{say('queue.elsewhere')}</p>}
      <Total open={lists.open} isHeld={queue.kind === 'here' && queue.isHeld} />
      <Stale />
      {queue.kind === 'here' && lists.open.length + ended.length === 0 && (
        <p className={styles['note']}>{say('queue.empty')}</p>
      )}
      <JobList open={lists.open} />
      {ended.map((job) => (
        <JobRow key={job.id} job={job} place={0} />
      ))}
    </section>
  );
}

interface ActionsProps {
  readonly isHeld: boolean;
  readonly ended: QueueLists['ended'];
  readonly onClear: (jobs: QueueLists['ended']) => void;
}

function QueueActions({ isHeld, ended, onClear }: ActionsProps) {
  const say = useSay();
  const studio = useStudio();
  return (
    <span>
      <IconButton label={say('queue.clear')} disabled={ended.length === 0} onClick={() => onClear(ended)}>
        <Eraser size={13} aria-hidden />
      </IconButton>
      <IconButton
        label={say(isHeld ? 'queue.release' : 'queue.hold')}
        aria-pressed={isHeld}
        onClick={() => changeQueue(studio, { kind: isHeld ? 'release' : 'hold' })}
      >
        {isHeld ? <Play size={13} aria-hidden /> : <Pause size={13} aria-hidden />}
      </IconButton>
    </span>
  );
}

/** How long all of it takes, and when that will be. */
function Total({ open, isHeld }: { readonly open: QueueLists['open']; readonly isHeld: boolean }) {
  const say = useSay();
  const language = useView((view) => view.language);
  const progress = useWork((work) => work.progress);
  const now = useNow();
  if (isHeld) return <p className={styles['note']}>{say('queue.held')}</p>;
  if (open.length === 0) return null;
  const { seconds, unknown } = totalTime(open, (id) => progress.get(id)?.remainingSec);
  if (unknown === open.length) return <p className={styles['note']}>{say('queue.unknown', { count: open.length })}</p>;
  const until = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(now + seconds * 1000);
  const text = say(unknown > 0 ? 'queue.totalAtLeast' : 'queue.total', {
    count: open.length,
    time: durationText(seconds, say),
    until,
  });
  return <p className={styles['note']}>{text}</p>;
}

/** Everything in the project that a change made stale. */
function Stale() {
  const say = useSay();
  const studio = useStudio();
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const cost = costOfStale(useWork((work) => work.stale));
  if (cost.stages === 0) return null;
  return (
    <div className={styles['stale']}>
      <span>{say('queue.stale', { cost: costText(cost, say) })}</span>
      <Button disabled={isReadOnly} onClick={() => void runStale(studio)}>
        {say('run.allStale')}
      </Button>
    </div>
  );
}
