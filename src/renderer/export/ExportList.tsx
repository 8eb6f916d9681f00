/** The exports of today, newest first, and what can be done about each. */
import { useSay } from '../studio/use-studio';
import styles from './export.module.css';
import { ExportRow } from './ExportRow';
import { useExports } from './use-exports';

export function ExportList() {
  const say = useSay();
  const list = useExports();
  if (list.length === 0) return null;
  return (
    <section className={styles['list']} aria-label={say('export.list')}>
      <h3 className={styles['heading']}>{say('export.list')}</h3>
      <ul>
        {list.map((facts) => (
          <ExportRow key={facts.id} facts={facts} />
        ))}
      </ul>
    </section>
  );
}
