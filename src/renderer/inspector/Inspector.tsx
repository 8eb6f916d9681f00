/** What made the selected clip, to read and to change. */
import { useDocument, useSay, useTimeline, useWork } from '../studio/use-studio';
import { selectedClip, shotOfClip } from '../studio/selected';
import { ClipSection } from './ClipSection';
import styles from './inspector.module.css';
import { PromptSection } from './PromptSection';
import { SeedSection } from './SeedSection';
import { StageSection } from './StageSection';

export function Inspector() {
  const say = useSay();
  const project = useDocument((document) => document.project);
  const isReadOnly = useDocument(({ state }) => state.kind === 'read-only');
  const selection = useTimeline((timeline) => timeline.selection);
  const packs = useWork((work) => work.packs);
  const clip = selectedClip(project, selection);
  const selected = clip && shotOfClip(project, clip, packs);
  const track = clip && project.tracks.get(clip.trackId);
  const isDisabled = isReadOnly || track?.locked === true;
  return (
    <section className={styles['inspector']} aria-label={say('panel.inspector')}>
      {clip === undefined && (
        <p className={styles['empty']}>
          {selection.size > 1 ? say('inspector.several', { count: selection.size }) : say('inspector.nothing')}
        </p>
      )}
      {selected !== undefined && (
        <>
          <PromptSection key={selected.shot.id} shot={selected.shot} isDisabled={isDisabled} />
          <SeedSection key={selected.take.id} selected={selected} isDisabled={isDisabled} />
          {selected.pack !== undefined && (
            <StageSection shot={selected.shot} manifest={selected.pack.manifest} isDisabled={isDisabled} />
          )}
        </>
      )}
      {clip !== undefined && <ClipSection key={clip.id} clip={clip} isDisabled={isDisabled} />}
    </section>
  );
}
