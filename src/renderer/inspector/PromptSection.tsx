/** What the shot shows, in words, and what it must not show. A prompt may have parts that follow one another in time. */
import { changeDirection } from '#shared/project/edits/shots';
import type { ProjectShot } from '#shared/project/project-shot';
import { TextArea } from '../controls/TextArea';
import { useSay, useStudio } from '../studio/use-studio';
import styles from './inspector.module.css';

interface Props {
  readonly shot: ProjectShot;
  readonly isDisabled: boolean;
}

export function PromptSection({ shot, isDisabled }: Props) {
  const say = useSay();
  const { document } = useStudio();
  const { prompts, negativePrompt } = shot.direction;
  const change = (direction: Parameters<typeof changeDirection>[1]['direction']): void =>
    void document.edit((project) => changeDirection(project, { shotId: shot.id, direction }));
  return (
    <div className={styles['section']}>
      {prompts.map((part, index) => {
        const label = index === 0 ? say('inspector.prompt') : say('inspector.promptPart', { seconds: part.fromSec });
        return (
          <div key={part.fromSec} className={styles['stacked']}>
            <span>{label}</span>
            <TextArea
              label={label}
              value={part.prompt}
              isDisabled={isDisabled}
              onChange={(prompt) => change({ prompts: prompts.with(index, { ...part, prompt }) })}
            />
          </div>
        );
      })}
      <div className={styles['stacked']}>
        <span>{say('inspector.negative')}</span>
        <TextArea
          label={say('inspector.negative')}
          placeholder={say('inspector.negativeHint')}
          rows={1}
          value={negativePrompt}
          isDisabled={isDisabled}
          onChange={(text) => change({ negativePrompt: text })}
        />
      </div>
    </div>
  );
}
