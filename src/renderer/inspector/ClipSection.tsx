/** The clip itself: where it lies, how much of it is seen and heard, how it comes and goes. */
import type { Clip } from '#shared/project/clip';
import { setFade } from '#shared/project/edits/appearance';
import { setSpeed } from '#shared/project/edits/speed';
import { NumberField } from '../controls/NumberField';
import { useDocument, useSay, useStudio } from '../studio/use-studio';
import { timecode } from '../timeline/model/ruler';
import { Field } from './Field';
import { LevelFields } from './LevelFields';
import styles from './inspector.module.css';

interface Props {
  readonly clip: Clip;
  readonly isDisabled: boolean;
}

/** Percent in steps of one: a speed is an exact ratio. */
const percent = 100;

export function ClipSection({ clip, isDisabled }: Props) {
  const say = useSay();
  const { document } = useStudio();
  const rate = useDocument(({ project }) => project.frameRate);
  const common = { isDisabled };
  return (
    <div className={styles['section']}>
      <h3 className={styles['heading']}>{say('inspector.clip')}</h3>
      <Field label={say('inspector.from')}>{timecode(clip.startFrame, rate)}</Field>
      <Field label={say('inspector.length')}>{`${clip.lengthFrames} ${say('inspector.frames')}`}</Field>
      <LevelFields clip={clip} isDisabled={isDisabled} />
      <Field label={say('inspector.speed')}>
        <NumberField
          label={say('inspector.speed')}
          value={Math.round((clip.speed.num / clip.speed.den) * percent)}
          least={7}
          most={1600}
          unit="%"
          {...common}
          onChange={(value) =>
            void document.edit((project) =>
              setSpeed(project, { clipId: clip.id, speed: { num: value, den: percent }, ripple: true }),
            )
          }
        />
      </Field>
      <FadeFields clip={clip} isDisabled={isDisabled} />
    </div>
  );
}

function FadeFields({ clip, isDisabled }: Props) {
  const say = useSay();
  const { document } = useStudio();
  const common = { least: 0, most: clip.lengthFrames, isDisabled };
  const fade = (change: { readonly fadeInFrames?: number; readonly fadeOutFrames?: number }): void =>
    void document.edit((project) => setFade(project, { clipId: clip.id, ...change }));
  return (
    <>
      <Field label={say('inspector.fadeIn')}>
        <NumberField
          label={say('inspector.fadeIn')}
          value={clip.fadeInFrames}
          {...common}
          onChange={(fadeInFrames) => fade({ fadeInFrames })}
        />
      </Field>
      <Field label={say('inspector.fadeOut')}>
        <NumberField
          label={say('inspector.fadeOut')}
          value={clip.fadeOutFrames}
          {...common}
          onChange={(fadeOutFrames) => fade({ fadeOutFrames })}
        />
      </Field>
    </>
  );
}
