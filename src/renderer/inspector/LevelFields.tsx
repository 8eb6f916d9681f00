/** How much of a clip is seen and heard: its opacity where it has pictures, its volume where it has sound. */
import { heardMedia } from '#shared/edit/sounds';
import type { Clip } from '#shared/project/clip';
import { setLevels, type Levels } from '#shared/project/edits/appearance';
import { NumberField } from '../controls/NumberField';
import { useDocument, useSay, useStudio } from '../studio/use-studio';
import { Field } from './Field';

const percent = 100;
/** Of the gain that a project may hold. */
const loudest = 400;

export function LevelFields({ clip, isDisabled }: { readonly clip: Clip; readonly isDisabled: boolean }) {
  const say = useSay();
  const { document } = useStudio();
  const isSeen = useDocument(({ project }) => project.tracks.get(clip.trackId)?.kind !== 'audio');
  const isHeard = useDocument(({ project }) => heardMedia(project, clip) !== undefined);
  const set = (levels: Omit<Levels, 'clipIds'>): void =>
    void document.edit((project) => setLevels(project, { clipIds: [clip.id], ...levels }));
  const common = { least: 0, unit: '%', isDisabled };
  return (
    <>
      {isSeen && (
        <Field label={say('inspector.opacity')}>
          <NumberField
            label={say('inspector.opacity')}
            value={Math.round(clip.opacity * percent)}
            most={100}
            {...common}
            onChange={(value) => set({ opacity: value / percent })}
          />
        </Field>
      )}
      {isHeard && (
        <Field label={say('media.volume')}>
          <NumberField
            label={say('media.volume')}
            value={Math.round(clip.volume * percent)}
            most={loudest}
            {...common}
            onChange={(value) => set({ volume: value / percent })}
          />
        </Field>
      )}
    </>
  );
}
