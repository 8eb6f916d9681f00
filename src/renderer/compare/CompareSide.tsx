/** One of the clips side by side: its picture, and which take and stage it is. */
import { X } from 'lucide-react';
import { useCallback } from 'react';
import { centred, fitted, type Rectangle } from '#shared/edit/fit';
import type { Take } from '#shared/project/project-shot';
import { IconButton } from '../controls/Button';
import { Menu } from '../controls/Choice';
import type { SelectedShot } from '../studio/selected';
import { useLooking, useSay, useStudio, useWork } from '../studio/use-studio';
import type { Side } from '../viewer/looking';
import { momentOf, playedRateOf } from '../viewer/moment-of';
import { paintPicture } from '../viewer/paint-picture';
import { pictureOf } from '../viewer/picture-of';
import { useCanvas, type Paint } from '../viewer/use-canvas';
import { useZoomGestures } from '../viewer/use-zoom-gestures';
import { zoomed } from '../viewer/zoomed';
import styles from './compare.module.css';

interface Props {
  readonly side: Side;
  /** From 1, as it is read aloud. */
  readonly place: number;
  readonly takes: readonly Take[];
  readonly selected: SelectedShot;
  readonly isRemovable: boolean;
  readonly onChange: (side: Partial<Side>) => void;
  readonly onRemove: () => void;
}

/** No stage can bear this name: theirs have no capitals. */
const highest = 'HIGHEST';

export function CompareSide({ side, place, takes, selected, isRemovable, onChange, onRemove }: Props) {
  const say = useSay();
  const take = takes.find(({ id }) => id === side.takeId);
  const stages = selected.pack?.manifest.stages ?? [];
  return (
    <figure className={styles['side']}>
      <figcaption className={styles['caption']}>
        <Menu
          label={say('compare.take', { place })}
          value={String(side.takeId)}
          options={takes.map(({ id, number, rating }) => ({
            value: String(id),
            label: `${say('library.take', { number })}${rating > 0 ? `  ${'★'.repeat(rating)}` : ''}`,
          }))}
          onChange={(value) => {
            const chosen = takes.find(({ id }) => id === value);
            if (chosen !== undefined) onChange({ takeId: chosen.id });
          }}
        />
        <Menu
          label={say('compare.stage', { place })}
          value={side.stage ?? highest}
          options={[
            { value: highest, label: say('viewer.highest') },
            ...stages.map(({ id, output }) => ({
              value: String(id),
              label: `${id}  ${output.width}×${output.height}`,
            })),
          ]}
          onChange={(value) => onChange({ stage: stages.find(({ id }) => id === value)?.id })}
        />
        <span className={styles['seed']}>{take && say('library.seed', { seed: take.seed })}</span>
        {isRemovable && (
          <IconButton label={say('compare.remove', { place })} onClick={onRemove}>
            <X size={13} aria-hidden />
          </IconButton>
        )}
      </figcaption>
      <SidePicture side={side} selected={selected} label={say('compare.picture', { place })} />
    </figure>
  );
}

/** Empty room around each picture, in CSS pixels. */
const margin = 8;

function inset({ x, y, width, height }: Rectangle): Rectangle {
  return {
    x: x + margin,
    y: y + margin,
    width: Math.max(1, width - 2 * margin),
    height: Math.max(1, height - 2 * margin),
  };
}

interface PictureProps {
  readonly side: Side;
  readonly selected: SelectedShot;
  readonly label: string;
}

function SidePicture({ side, selected: { clip, shot }, label }: PictureProps) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const ladder = useWork(({ ladders }) => ladders.get(side.takeId));
  const live = useWork(({ previews }) => previews.get(side.takeId));
  const zoom = useLooking((state) => state.zoom);
  const picture = pictureOf(ladder, live, side.stage);
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const shown = pictureOf(ladder, live, side.stage);
      if (shown === undefined) return;
      const played = timeline.getState();
      const frame = momentOf(document.getState().project, clip, played.playhead, shot);
      const rate = playedRateOf(clip, played);
      const { width, height } = shown.kind === 'preview' ? shown.live.preview : shown.artifact;
      context.save();
      const room = { x: 0, y: 0, ...zoomed(context, size, zoom) };
      const into = zoom.factor === 'fit' ? fitted(width, height, inset(room)) : centred(width, height, room);
      paintPicture(context, shown, { frame, frames: shot.frames, rate }, into, again);
      context.restore();
    },
    [ladder, live, side.stage, document, timeline, clip, shot, zoom],
  );
  const subscribe = useCallback((listener: () => void) => timeline.subscribe(listener), [timeline]);
  const { ref, style, ...gestures } = useZoomGestures();
  return (
    <div ref={ref} className={styles['room']} style={style} {...gestures}>
      <canvas ref={useCanvas(paint, subscribe)} className={styles['canvas']} role="img" aria-label={label} />
      {picture === undefined && <p className={styles['nothing']}>{say('compare.nothing')}</p>}
    </div>
  );
}
