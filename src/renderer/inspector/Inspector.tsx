/** What made the selected clip, to read and to change, and what making it anew would take. */
import { useDocument, useSay, useTimeline, useWork } from '../studio/use-studio';
import { selectedClip, shotOfClip, type SelectedShot } from '../studio/selected';
import { ClipSection } from './ClipSection';
import { DirectionPresets } from './DirectionPresets';
import { GivenSection } from './GivenSection';
import styles from './inspector.module.css';
import { PromptSection } from './PromptSection';
import { RunSection } from './RunSection';
import { SeedSection } from './SeedSection';
import { SeveralSection } from './SeveralSection';
import { StageSection } from './StageSection';
import { StartSection } from './StartSection';

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
      {selection.size > 1 && <SeveralSection />}
      {selection.size === 0 && <p className={styles['empty']}>{say('inspector.nothing')}</p>}
      {selected !== undefined && <ShotSections selected={selected} isDisabled={isDisabled} />}
      {clip !== undefined && <ClipSection key={clip.id} clip={clip} isDisabled={isDisabled} />}
    </section>
  );
}

function ShotSections({ selected, isDisabled }: { readonly selected: SelectedShot; readonly isDisabled: boolean }) {
  const { shot, take, pack } = selected;
  const common = { selected, isDisabled };
  return (
    <>
      <RunSection key={`run ${take.id}`} {...common} />
      <PromptSection key={`prompt ${shot.id}`} {...common} />
      <GivenSection key={`given ${shot.id}`} {...common} />
      <StartSection key={`start ${shot.id}`} {...common} />
      <SeedSection key={`seed ${take.id}`} {...common} />
      {pack !== undefined && (
        <DirectionPresets key={`direction ${shot.id}`} shots={[selected]} isDisabled={isDisabled} />
      )}
      {pack !== undefined && <StageSection key={`stage ${take.id}`} stages={pack.manifest.stages} {...common} />}
    </>
  );
}
