/** Runs the playhead while the rate is not 0: by the clock of the screen, so that it is never late for long. */
import { useEffect } from 'react';
import { useStudio, useTimeline } from '../studio/use-studio';
import { lengthFrames } from '../timeline/model/project-length';
import { revealing } from '../timeline/model/scale';
import { playedRange, ran } from './shuttle';

export function usePlayback(): void {
  const { document, timeline, view } = useStudio();
  const rate = useTimeline((state) => state.rate);
  useEffect(() => {
    if (rate === 0) return;
    let position = timeline.getState().playhead;
    let before: number | undefined;
    let request = requestAnimationFrame(function run(now) {
      const { project } = document.getState();
      const shown = timeline.getState().playhead;
      // Someone else moved the playhead: go on from there.
      if (shown !== Math.floor(position)) position = shown;
      const fps = project.frameRate.num / project.frameRate.den;
      const range = playedRange(project.range, lengthFrames(project));
      const passed = ((now - (before ?? now)) / 1000) * fps * rate;
      const next = ran(position, passed, { range, isLoop: view.getState().loop });
      before = now;
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
    return () => cancelAnimationFrame(request);
  }, [rate, document, timeline, view]);
}
