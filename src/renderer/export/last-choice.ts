/** The choices of the last export, kept by the browser: convenient, and no loss where it forgets them. */
import { useEffect, useState } from 'react';
import { readView, ViewDatabase, writeView } from '../view-state/database';
import { exportChoiceSchema, type ExportChoice } from './choice';

const key = 'export';

/** Undefined until it is read. Whatever is set is kept. */
export function useLastChoice(): readonly [ExportChoice | undefined, (choice: ExportChoice) => void] {
  const [choice, setChoice] = useState<ExportChoice>();
  const [database] = useState(() => new ViewDatabase());
  useEffect(() => {
    let isWanted = true;
    void readView(database, key).then((kept) => {
      const read = exportChoiceSchema.safeParse(kept ?? {});
      if (isWanted) setChoice(read.success ? read.data : exportChoiceSchema.parse({}));
    });
    return () => {
      isWanted = false;
    };
  }, [database]);
  const keep = (next: ExportChoice): void => {
    setChoice(next);
    void writeView(database, key, next);
  };
  return [choice, keep];
}
