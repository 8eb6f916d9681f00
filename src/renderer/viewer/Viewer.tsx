/** The viewer: the edit or one stage of the selected shot, its ladder, the grid of its takes, or clips side by side. */
import { useMemo } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { CompareView } from '../compare/CompareView';
import { selectedShot } from '../studio/selected';
import { useDocument, useLooking, useStudio, useTimeline, useWork } from '../studio/use-studio';
import { TakesView } from '../takes/TakesView';
import { LadderView } from './LadderView';
import { PictureView } from './PictureView';
import { PreviewLoop } from './PreviewLoop';
import { Transport } from './Transport';
import { usePlayback } from './use-playback';
import styles from './viewer.module.css';
import { ViewerBar } from './ViewerBar';
import { wipedThere } from './wiped';

export function Viewer() {
  usePlayback();
  const { looking: store } = useStudio();
  const project = useDocument((document) => document.project);
  const selection = useTimeline((timeline) => timeline.selection);
  const packs = useWork((work) => work.packs);
  const selected = useMemo(() => selectedShot(project, selection, packs), [project, selection, packs]);
  const stages = selected?.pack?.manifest.stages ?? [];
  const mode = useLooking((looking) => looking.mode);
  const stage = useLooking((looking) => looking.stage);
  const wiped = useLooking((looking) => looking.wiped);
  const known = (id: StageId | undefined) => stages.find((each) => each.id === id)?.id;
  const isOfShot = selected !== undefined && stages.length > 0;
  return (
    <>
      <ViewerBar selected={selected} />
      <div className={styles['stage']}>
        {mode === 'ladder' && isOfShot && (
          <LadderView
            selected={selected}
            stages={stages}
            shown={known(stage)}
            onShow={(id) => store.setState({ stage: id, mode: 'picture' })}
          />
        )}
        {mode === 'takes' && isOfShot && <TakesView key={selected.shot.id} selected={selected} stage={known(stage)} />}
        {mode === 'compare' && isOfShot && <CompareView selected={selected} />}
        {(mode === 'picture' || !isOfShot) && (
          <>
            <PreviewLoop stage={known(stage)} />
            <PictureView
              stage={known(stage)}
              takeId={selected?.take.id}
              wiped={selected && wipedThere(wiped, selected, project.takes)}
            />
          </>
        )}
      </div>
      <Transport />
    </>
  );
}
