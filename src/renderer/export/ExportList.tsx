/** The exports of today, or the archives, newest first, and what can be done about each. */
import type { ExportFacts } from '#shared/studio/exports';
import { useSay } from '../studio/use-studio';
import styles from './export.module.css';
import { ExportRow } from './ExportRow';
import { useExports } from './use-exports';

export function ExportList({ what }: Pick<ExportFacts, 'what'>) {
  const say = useSay();
  const list = useExports().filter((facts) => facts.what === what);
  if (list.length === 0) return null;
  const title = say(what === 'archive' ? 'projects.archives' : 'export.list');
  return (
    <section aria-label={title}>
      <h3 className={styles['heading']}>{title}</h3>
      <ul>
        {list.map((facts) => (
          <ExportRow key={facts.id} facts={facts} />
        ))}
      </ul>
    </section>
  );
}
