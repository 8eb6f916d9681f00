/** What is being made and what waits, with what can be done about it. */
import { useDocument, useSay, useWork } from '../studio/use-studio';
import styles from '../library/library.module.css';
import { JobRow } from './JobRow';

/** Jobs that ended stay in sight until newer ones come. */
const mostEnded = 5;

export function Queue() {
  const say = useSay();
  const queue = useWork((work) => work.queue);
  const folder = useDocument((document) => document.folder);
  const jobs = queue.kind === 'here' ? queue.jobs : [];
  const open = jobs.filter(({ state }) => ['waiting', 'running', 'paused'].includes(state.kind));
  const ended = jobs.filter((job) => !open.includes(job) && job.target?.folder === folder).slice(-mostEnded);
  return (
    <section className={styles['queue']} aria-label={say('panel.queue')}>
      <h2 className={styles['heading']}>{say('panel.queue')}</h2>
      {open.length + ended.length === 0 && <p className={styles['empty']}>{say('queue.empty')}</p>}
      {open.map((job, place) => (
        <JobRow key={job.id} job={job} place={place + 1} before={open[place - 1]?.id} />
      ))}
      {ended.toReversed().map((job) => (
        <JobRow key={job.id} job={job} place={0} before={undefined} />
      ))}
    </section>
  );
}
