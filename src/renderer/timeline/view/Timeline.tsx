/** The timeline: tools, ruler, track headers, the rows with their clips and ladders, and beneath them the whole as a strip. */
import { useMemo, useRef } from 'react';
import type { TrackId } from '#shared/project/ids';
import { LadderHeaders, LadderLanes, lanePixels } from '../../ladder/LadderLanes';
import { shotOfClip, type SelectedShot } from '../../studio/selected';
import { useDocument, useSay, useTimeline, useView, useWork } from '../../studio/use-studio';
import { rowsOf, type Row } from '../model/rows';
import { Overview } from './Overview';
import { Readout } from './Readout';
import { Rows } from './Rows';
import { Ruler } from './Ruler';
import { RulerUnits } from './RulerUnits';
import styles from './timeline.module.css';
import { Toolbar } from './Toolbar';
import { TrackHeader } from './TrackHeader';
import { useFollowing } from './use-following';
import { useHand } from './use-hand';
import { useRowsGestures } from './use-rows-gestures';
import { useSight } from './use-sight';

export function Timeline() {
  const say = useSay();
  const title = useDocument(({ project }) => project.title);
  const opened = useOpened();
  const rows = useRows(opened);
  const scroller = useRef<HTMLDivElement>(null);
  const hand = useHand(scroller);
  const gestures = useRowsGestures(hand, rows);
  useSight(scroller);
  useFollowing();

  return (
    <>
      <Toolbar />
      <div className={styles['body']} role="group" aria-label={say('timeline.label', { project: title })}>
        <div className={styles['corner']}>
          <RulerUnits />
        </div>
        <Ruler hand={hand} />
        <div ref={scroller} id="timeline-rows" className={styles['scroll']}>
          <div className={styles['headers']}>
            {rows.map((row) => (
              <div key={row.track.id}>
                <TrackHeader row={row} rows={rows} hand={hand} />
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
        <div className={styles['corner']} />
        <Overview hand={hand} />
      </div>
      <Readout />
    </>
  );
}

/** Another track, another height, another ladder: other rows. Edits of clips leave them as they are. */
function useRows(opened: SelectedShot | undefined): readonly Row[] {
  const tracks = useDocument(({ project }) => project.tracks);
  const trackOrder = useDocument(({ project }) => project.trackOrder);
  const chosen = useView(({ trackHeights }) => trackHeights);
  const dragged = useTimeline(({ shown }) => shown.heights);
  return useMemo(() => {
    const ladders = new Map<TrackId, number>();
    if (opened?.pack) ladders.set(opened.clip.trackId, opened.pack.manifest.stages.length * lanePixels);
    return rowsOf({ tracks, trackOrder }, ladders, { ...chosen, ...dragged });
  }, [tracks, trackOrder, opened, chosen, dragged]);
}

/** The clip whose ladder is open, while it is there. Edits of other clips leave it as it is. */
function useOpened(): SelectedShot | undefined {
  const id = useTimeline((timeline) => timeline.opened);
  const clip = useDocument(({ project }) => id && project.clips.get(id));
  const shots = useDocument(({ project }) => project.shots);
  const takes = useDocument(({ project }) => project.takes);
  const packs = useWork((work) => work.packs);
  return useMemo(() => clip && shotOfClip({ shots, takes }, clip, packs), [clip, shots, takes, packs]);
}
