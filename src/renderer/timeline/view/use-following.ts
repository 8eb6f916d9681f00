/**
 * Keeps what a person chose in step with the project: what is there no more is not selected. Without React, so that an edit of a clip
 * draws nothing anew but what shows it.
 */
import { useEffect } from 'react';
import type { Project } from '#shared/project/project';
import type { TimelineStore } from '../../studio/timeline-store';
import { useStudio } from '../../studio/use-studio';
import { gapStill } from '../model/gap';
import { pruned } from '../model/selection';

export function useFollowing(): void {
  const { document, timeline } = useStudio();
  useEffect(
    () =>
      document.subscribe(({ project }, before) => {
        if (project !== before.project) forget(project, timeline);
      }),
    [document, timeline],
  );
}

function forget(project: Project, timeline: TimelineStore): void {
  const { selection, gap, track } = timeline.getState();
  const kept = pruned(project, selection);
  if (kept !== selection) timeline.setState({ selection: kept });
  if (gap !== undefined && gapStill(project, gap) === undefined) timeline.setState({ gap: undefined });
  if (track !== undefined && !project.tracks.has(track)) timeline.setState({ track: undefined });
}
