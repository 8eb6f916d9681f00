/** The markers in the order of time: go to one, name it, colour it, remove it. */
import { Bookmark, Trash2 } from 'lucide-react';
import { changeMarker, removeMarker } from '#shared/project/edits/markers';
import { markerColours, type Marker } from '#shared/project/marker';
import { CommandButton } from '../../commands/CommandButton';
import { IconButton } from '../../controls/Button';
import { Menu } from '../../controls/Choice';
import { Popover } from '../../controls/Popover';
import { useDocument, useSay, useStudio, useTimeline } from '../../studio/use-studio';
import { timecode } from '../model/ruler';
import { revealing } from '../model/scale';
import { MarkerName } from './MarkerName';
import styles from './markers.module.css';

export function MarkerList() {
  const say = useSay();
  const { timeline } = useStudio();
  const isOpen = useTimeline(({ isListingMarkers }) => isListingMarkers);
  const markers = useDocument(({ project }) => project.markers);
  const sorted = isOpen ? [...markers.values()].sort((a, b) => a.frame - b.frame) : [];
  return (
    <Popover
      label={say('timeline.markers')}
      isOpen={isOpen}
      onOpenChange={(next) => timeline.setState({ isListingMarkers: next })}
      button={
        <CommandButton id="markers" isPressed={isOpen}>
          <Bookmark size={14} aria-hidden />
        </CommandButton>
      }
    >
      {sorted.length === 0 ? (
        <p className={styles['none']}>{say('timeline.noMarkers')}</p>
      ) : (
        <ul className={styles['list']}>
          {sorted.map((marker) => (
            <MarkerRow key={marker.id} marker={marker} />
          ))}
        </ul>
      )}
    </Popover>
  );
}

function MarkerRow({ marker }: { readonly marker: Marker }) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const frameRate = useDocument(({ project }) => project.frameRate);
  const { id, frame, name, colour } = marker;
  const goThere = (): void =>
    timeline.setState(({ scale, width }) => ({ playhead: frame, rate: 0, scale: revealing(scale, frame, width) }));
  return (
    <li className={styles['row']}>
      <span className={styles['dot']} style={{ background: `var(--marker-${colour})` }} />
      <MarkerName marker={marker} />
      <button
        type="button"
        className={styles['time']}
        aria-label={say('timeline.goToMarker', { name, time: timecode(frame, frameRate) })}
        onClick={goThere}
      >
        {timecode(frame, frameRate)}
      </button>
      <Menu<Marker['colour']>
        label={say('timeline.markerColour', { name })}
        value={colour}
        options={markerColours.map((value) => ({ value, label: say(`timeline.colour.${value}`) }))}
        onChange={(next) => void document.edit((project) => changeMarker(project, { markerId: id, colour: next }))}
      />
      <IconButton
        label={say('timeline.removeMarker', { name })}
        onClick={() => void document.edit((project) => removeMarker(project, { markerId: id }))}
      >
        <Trash2 size={13} aria-hidden />
      </IconButton>
    </li>
  );
}
