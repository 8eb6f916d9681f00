/** The search over a list of the library. */
import { useSay } from '../studio/use-studio';
import { TextField } from '../controls/TextField';
import styles from './library.module.css';

interface Props {
  readonly words: string;
  readonly onChange: (words: string) => void;
  /** Nothing fits. */
  readonly isEmpty: boolean;
}

export function Search({ words, onChange, isEmpty }: Props) {
  const say = useSay();
  return (
    <>
      <div className={styles['search']} role="search">
        <TextField label={say('media.search')} placeholder={say('media.search')} value={words} onChange={onChange} />
      </div>
      {isEmpty && (
        <p className={styles['empty']} role="status">
          {say('media.nothingFound', { words })}
        </p>
      )}
    </>
  );
}

/** Those in which every word occurs, wherever; all of them for no words. */
export function found<Item>(items: readonly Item[], words: string, textOf: (item: Item) => string): readonly Item[] {
  const wanted = words.toLocaleLowerCase().normalize('NFC').split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return items;
  return items.filter((item) => {
    const text = textOf(item).toLocaleLowerCase().normalize('NFC');
    return wanted.every((word) => text.includes(word));
  });
}
