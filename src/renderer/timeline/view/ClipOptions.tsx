/** The clips in sight as a list that keyboard and screen reader know: one stop of the Tab key, arrows go from clip to clip. */
import { useMemo, type KeyboardEvent } from 'react';
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import { useDocument, useSay, useStudio, useTimeline } from '../../studio/use-studio';
import { clipsBetween } from '#shared/project/in-sight';
import type { Row } from '../model/rows';
import { timecode } from '../model/ruler';
import { frameAt, revealing, xOf, type Scale } from '../model/scale';
import { clipName } from './clip-name';
import styles from './timeline.module.css';
import { useRestingScale } from './use-resting-scale';

/** Pixels below which a clip cannot be told from its neighbour; and the most that are offered at once. */
const narrow = 12;
const mostOptions = 200;

export function ClipOptions({ rows }: { readonly rows: readonly Row[] }) {
  const say = useSay();
  const { timeline } = useStudio();
  const { scale, isMoving } = useRestingScale();
  const selection = useTimeline((state) => state.selection);
  const shown = useShown(rows, scale);
  const first = shown.find(({ clip }) => selection.has(clip.id)) ?? shown[0];
  const choose = (clip: Clip): void => {
    timeline.setState((state) => ({
      selection: new Set([clip.id]),
      scale: revealing(state.scale, clip.startFrame, state.width),
    }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.altKey) return;
    const next = shown[shown.findIndex(({ clip }) => clip.id === event.currentTarget.dataset['clip']) + by];
    if (next === undefined) return;
    event.preventDefault();
    choose(next.clip);
    document.querySelector<HTMLElement>(`[data-clip="${next.clip.id}"]`)?.focus();
  };
  if (shown.length === 0) return null;
  return (
    <div
      className={styles['clips']}
      data-moving={isMoving}
      role="listbox"
      aria-multiselectable
      aria-label={say('panel.timeline')}
    >
      {shown.map((each) => (
        <ClipOption
          key={each.clip.id}
          {...each}
          scale={scale}
          isSelected={selection.has(each.clip.id)}
          isFocusable={each === first}
          onChoose={() => choose(each.clip)}
          onKeyDown={onKeyDown}
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
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function ClipOption({ clip, row, scale, isSelected, isFocusable, onChoose, onKeyDown }: OptionProps) {
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
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible') && !isSelected) onChoose();
      }}
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
