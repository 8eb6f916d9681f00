/** The name of a marker, written where it stands. It changes once, when the field is left or Enter is pressed. */
import { useState, type KeyboardEvent } from 'react';
import { changeMarker } from '#shared/project/edits/markers';
import type { Marker } from '#shared/project/marker';
import { useSay, useStudio } from '../../studio/use-studio';
import styles from './markers.module.css';

export function MarkerName({ marker: { id, name } }: { readonly marker: Marker }) {
  const say = useSay();
  const { document } = useStudio();
  const [typed, setTyped] = useState<string>();
  const commit = (): void => {
    const next = typed?.trim();
    setTyped(undefined);
    if (next !== undefined && next !== '' && next !== name)
      document.edit((project) => changeMarker(project, { markerId: id, name: next }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape' || typed === undefined) return;
    event.stopPropagation();
    setTyped(undefined);
  };
  return (
    <input
      className={styles['name']}
      aria-label={say('timeline.markerName', { name })}
      maxLength={200}
      value={typed ?? name}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
