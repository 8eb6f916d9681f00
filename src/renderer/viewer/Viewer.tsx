/** The viewer: the edit, or one stage of the selected shot, or its whole ladder; compared with another stage by a wipe. */
import { useMemo, useState } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { selectedShot } from '../studio/selected';
import { useDocument, useTimeline, useWork } from '../studio/use-studio';
import { LadderView } from './LadderView';
import { PictureView, type PictureScale } from './PictureView';
import { Transport } from './Transport';
import { usePlayback } from './use-playback';
import styles from './viewer.module.css';
import { ViewerBar } from './ViewerBar';

export interface Looking {
  readonly mode: 'picture' | 'ladder';
  readonly scale: PictureScale;
  /** Absent: the edit. */
  readonly stage?: StageId | undefined;
  readonly compared?: StageId | undefined;
}

export function Viewer() {
  usePlayback();
  const project = useDocument((document) => document.project);
  const selection = useTimeline((timeline) => timeline.selection);
  const packs = useWork((work) => work.packs);
  const selected = useMemo(() => selectedShot(project, selection, packs), [project, selection, packs]);
  const stages = selected?.pack?.manifest.stages ?? [];
  const [looking, setLooking] = useState<Looking>({ mode: 'picture', scale: 'fit' });
  const known = (stage: StageId | undefined) => stages.find(({ id }) => id === stage)?.id;
  const change = (next: Partial<Looking>): void => setLooking((now) => ({ ...now, ...next }));
  return (
    <>
      <ViewerBar
        stages={stages}
        looking={{ ...looking, stage: known(looking.stage), compared: known(looking.compared) }}
        onChange={change}
      />
      <div className={styles['stage']}>
        {looking.mode === 'ladder' && selected !== undefined && stages.length > 0 ? (
          <LadderView
            selected={selected}
            stages={stages}
            shown={known(looking.stage)}
            onShow={(stage) => change({ stage, mode: 'picture' })}
          />
        ) : (
          <PictureView scale={looking.scale} stage={known(looking.stage)} compared={known(looking.compared)} />
        )}
      </div>
      <Transport />
    </>
  );
}
