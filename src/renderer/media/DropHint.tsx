/** Takes files that are dropped anywhere in the window, and says so while they hover. Without it a browser would open them instead. */
import { useEffect, useState } from 'react';
import { useSay, useStudio } from '../studio/use-studio';
import { bringsFiles, broughtFiles } from './brought-file';
import { importAndSay } from './choose-media';
import styles from './media.module.css';

/** While files hover the window hears of it several times a second. */
const goneMs = 250;

export function DropHint() {
  const say = useSay();
  const studio = useStudio();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    let timer = 0;
    const onDragOver = (event: DragEvent): void => {
      if (!bringsFiles(event.dataTransfer)) return;
      // The timeline knows better where a drop belongs.
      if (!event.defaultPrevented) event.preventDefault();
      setOver(true);
      clearTimeout(timer);
      timer = window.setTimeout(() => setOver(false), goneMs);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (event.defaultPrevented || !bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      void importAndSay(studio, broughtFiles(event.dataTransfer?.files ?? []));
    };
    window.addEventListener('dragover', onDragOver, { signal });
    window.addEventListener('drop', onDrop, { signal });
    return () => {
      listening.abort();
      clearTimeout(timer);
    };
  }, [studio]);
  return isOver ? (
    <div className={styles['drop']} role="status">
      <span>{say('media.drop')}</span>
    </div>
  ) : null;
}
