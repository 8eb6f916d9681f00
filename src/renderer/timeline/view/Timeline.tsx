/** The timeline: tools, ruler, track headers, and the rows with their clips and ladders. */
import { useEffect, useMemo } from 'react';
import type { TrackId } from '#shared/project/ids';
import { LadderHeaders, LadderLanes, lanePixels } from '../../ladder/LadderLanes';
import { shotOfClip, type SelectedShot } from '../../studio/selected';
import { useDocument, useSay, useStudio, useTimeline, useWork } from '../../studio/use-studio';
import { rowsOf } from '../model/rows';
import { pruned } from '../model/selection';
import { Rows } from './Rows';
import { Ruler } from './Ruler';
import styles from './timeline.module.css';
import { Toolbar } from './Toolbar';
import { TrackHeader } from './TrackHeader';
import { useTimelineGestures } from './use-timeline-gestures';

export function Timeline() {
  const say = useSay();
  const { timeline } = useStudio();
  const project = useDocument((document) => document.project);
  const opened = useOpened();
  const rows = useMemo(() => {
    const ladders = new Map<TrackId, number>();
    if (opened?.pack) ladders.set(opened.clip.trackId, opened.pack.manifest.stages.length * lanePixels);
    return rowsOf(project, ladders);
  }, [project, opened]);
  const gestures = useTimelineGestures(rows);

  useEffect(() => {
    const { selection } = timeline.getState();
    const kept = pruned(project, selection);
    if (kept !== selection) timeline.setState({ selection: kept });
  }, [project, timeline]);

  return (
    <>
      <Toolbar />
      <div className={styles['body']} role="group" aria-label={say('timeline.label', { project: project.title })}>
        <div className={styles['corner']} />
        <Ruler gestures={gestures} />
        <div className={styles['scroll']}>
          <div className={styles['headers']}>
            {rows.map((row) => (
              <div key={row.track.id}>
                <TrackHeader row={row} />
                {row.ladderHeight > 0 && opened !== undefined && <LadderHeaders selected={opened} />}
              </div>
            ))}
          </div>
          <Rows rows={rows} gestures={gestures}>
            {rows.map(
              (row) =>
                row.ladderHeight > 0 &&
                opened !== undefined && <LadderLanes key={row.track.id} selected={opened} top={row.top + row.height} />,
            )}
          </Rows>
        </div>
      </div>
    </>
  );
}

/** The clip whose ladder is open, while it is there. */
function useOpened(): SelectedShot | undefined {
  const project = useDocument((document) => document.project);
  const packs = useWork((work) => work.packs);
  const id = useTimeline((timeline) => timeline.opened);
  const clip = id && project.clips.get(id);
  return useMemo(() => clip && shotOfClip(project, clip, packs), [project, clip, packs]);
}
