/** The clips in sight as a list that keyboard and screen reader know: one stop of the Tab key, arrows go from clip to clip. */
import { useMemo, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { endFrame, type Clip } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import { useDocument, useSay, useTimeline } from '../../studio/use-studio';
import { clipsBetween } from '#shared/project/in-sight';
import type { Row } from '../model/rows';
import { timecode } from '../model/ruler';
import { frameAt, xOf, type Scale } from '../model/scale';
import { clipName } from './clip-name';
import styles from './timeline.module.css';
import { useOptionKeys } from './use-option-keys';
import { useRestingScale } from './use-resting-scale';

/** Pixels below which a clip cannot be told from its neighbour; and the most that are offered at once. */
const narrow = 12;
const mostOptions = 200;

export function ClipOptions({ rows }: { readonly rows: readonly Row[] }) {
  const say = useSay();
  const { scale, isMoving } = useRestingScale();
  const selection = useTimeline((state) => state.selection);
  const shown = useShown(rows, scale);
  const keys = useOptionKeys(shown.map(({ clip }) => clip));
  const [inFocus, setInFocus] = useState<ClipId>();
  const stop =
    shown.find(({ clip }) => clip.id === inFocus) ?? shown.find(({ clip }) => selection.has(clip.id)) ?? shown[0];
  if (shown.length === 0) return null;
  return (
    <div
      className={styles['clips']}
      data-moving={isMoving}
      role="listbox"
      aria-multiselectable
      aria-label={say('panel.timeline')}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setInFocus(undefined);
      }}
    >
      {shown.map((each) => (
        <ClipOption
          key={each.clip.id}
          {...each}
          scale={scale}
          isSelected={selection.has(each.clip.id)}
          isFocusable={each === stop}
          onFocus={(event) => {
            setInFocus(each.clip.id);
            keys.onFocus(event, each.clip);
          }}
          onKeyDown={(event) => keys.onKeyDown(event, each.clip)}
        />
      ))}
    </div>
  );
}

interface InSight {
  readonly clip: Clip;
  readonly row: Row;
}

interface OptionProps extends InSight {
  readonly scale: Scale;
  readonly isSelected: boolean;
  readonly isFocusable: boolean;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function ClipOption({ clip, row, scale, isSelected, isFocusable, onFocus, onKeyDown }: OptionProps) {
  const say = useSay();
  const project = useDocument((document) => document.project);
  return (
    <div
      data-clip={clip.id}
      className={styles['clip']}
      role="option"
      aria-selected={isSelected}
      aria-label={say('timeline.clip', {
        name: clipName(project, clip),
        length: timecode(clip.lengthFrames, project.frameRate),
        start: timecode(clip.startFrame, project.frameRate),
      })}
      tabIndex={isFocusable ? 0 : -1}
      style={{
        left: xOf(scale, clip.startFrame),
        top: row.top + 2,
        width: (endFrame(clip) - clip.startFrame) * scale.pixelsPerFrame,
        height: row.height - 5,
      }}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    />
  );
}

function useShown(rows: readonly Row[], scale: Scale): readonly InSight[] {
  const project = useDocument((document) => document.project);
  const width = useTimeline((state) => state.width);
  return useMemo(() => {
    const [from, to] = [Math.floor(scale.leftFrame), Math.ceil(frameAt(scale, width))];
    return rows
      .flatMap((row) =>
        clipsBetween(clipsOfTrack(project, row.track.id), from, to)
          .filter((clip) => clip.lengthFrames * scale.pixelsPerFrame >= narrow)
          .map((clip) => ({ clip, row })),
      )
      .slice(0, mostOptions);
  }, [project, rows, scale, width]);
}
