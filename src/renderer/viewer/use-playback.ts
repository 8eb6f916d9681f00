/** Runs the playhead while the rate is not 0: by the clock of what is heard, else of the screen, so that it is never late for long. */
import { useEffect } from 'react';
import { PlayClock } from '../sound/play-clock';
import { useStudio, useTimeline } from '../studio/use-studio';
import { lengthFrames } from '../timeline/model/project-length';
import { revealing } from '../timeline/model/scale';
import { playedRange, ran } from './shuttle';

export function usePlayback(): void {
  const studio = useStudio();
  const rate = useTimeline((state) => state.rate);
  useEffect(() => {
    if (rate === 0) return;
    const { document, timeline, view } = studio;
    const clock = new PlayClock(studio, rate);
    let position = timeline.getState().playhead;
    let isBegun = false;
    let request = requestAnimationFrame(function run(now) {
      const { project } = document.getState();
      const shown = timeline.getState().playhead;
      // Someone else moved the playhead: go on from there.
      const isMoved = shown !== Math.floor(position);
      if (isMoved) position = shown;
      if (isMoved || !isBegun) clock.begin(position, now);
      isBegun = true;
      const range = playedRange(project.range, lengthFrames(project));
      const to = clock.frameAt(now);
      const next = ran(position, to - position, { range, isLoop: view.getState().loop });
      if (!next.stops && next.frame !== to) clock.begin(next.frame, now);
      position = next.frame;
      const { scale, width } = timeline.getState();
      const playhead = Math.floor(position);
      const follows = view.getState().followsPlayhead;
      timeline.setState({
        playhead,
        ...(follows && { scale: revealing(scale, playhead, width) }),
        ...(next.stops && { rate: 0 }),
      });
      if (!next.stops) request = requestAnimationFrame(run);
    });
    return () => {
      cancelAnimationFrame(request);
      clock.end();
    };
  }, [rate, studio]);
}
