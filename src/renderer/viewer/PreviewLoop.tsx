/** Shows nothing itself: while it is there and nothing plays, a clip at the playhead goes round in the viewer as long as it is being made. */
import { useEffect, useMemo } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { useDocument, useLooking, useStudio, useTimeline, useWork } from '../studio/use-studio';
import { clipBeingMade, frameInRound } from './preview-loop';
import { stillWhenMoved } from './still-previews';
import { useClock } from './use-clock';

interface Props {
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
}

export function PreviewLoop({ stage }: Props) {
  const studio = useStudio();
  const { looking } = studio;
  const rate = useDocument(({ project }) => project.frameRate);
  const clip = useClipBeingMade(stage);
  const clock = useClock(clip !== undefined);
  useEffect(() => stillWhenMoved(studio), [studio]);
  useEffect(() => {
    if (clip?.source.kind !== 'shot') return;
    const { takeId } = clip.source;
    const stop = clock(() => {
      const { turned, stilled } = looking.getState();
      const frame = frameInRound(clip, rate, performance.now());
      if (frame !== turned && !stilled.has(takeId)) looking.setState({ turned: frame });
    });
    return () => {
      stop();
      looking.setState({ turned: undefined });
    };
  }, [clip, clock, rate, looking]);
  return null;
}

function useClipBeingMade(stage: StageId | undefined) {
  const project = useDocument((document) => document.project);
  // While it plays the playhead moves with every frame, and nothing goes round.
  const playhead = useTimeline((timeline) => (timeline.rate === 0 ? Math.floor(timeline.playhead) : undefined));
  const ladders = useWork((work) => work.ladders);
  const previews = useWork((work) => work.previews);
  const stilled = useLooking((looking) => looking.stilled);
  return useMemo(
    () =>
      playhead === undefined ? undefined : clipBeingMade({ project, playhead, stage, stilled, ladders, previews }),
    [project, playhead, stage, stilled, ladders, previews],
  );
}
