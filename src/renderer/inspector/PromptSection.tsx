/** What the shot shall show, part after part where the pack can follow parts, and what it must not show. */
import { Plus, X } from 'lucide-react';
import { changeDirection } from '#shared/project/edits/shots';
import { Button, IconButton } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { TextArea } from '../controls/TextArea';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio } from '../studio/use-studio';
import { momentOf } from '../viewer/moment-of';
import styles from './inspector.module.css';
import { mostParts, partMoved, roomOf, withoutPart, withPart, type PromptParts } from './prompt-parts';

interface Props {
  readonly selected: SelectedShot;
  readonly isDisabled: boolean;
}

export function PromptSection({ selected: { shot, clip, pack }, isDisabled }: Props) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const { prompts, negativePrompt } = shot.direction;
  const lengthSec = (shot.frames * shot.frameRate.den) / shot.frameRate.num;
  const change = (direction: Parameters<typeof changeDirection>[1]['direction']): void =>
    void document.edit((project) => changeDirection(project, { shotId: shot.id, direction }));
  const takesParts = pack?.manifest.capabilities.promptParts === true;
  const takesNegative = pack?.manifest.stages.some(({ guidance }) => guidance.kind !== 'none') ?? true;
  const addPart = (): void => {
    const frame = momentOf(document.getState().project, clip, timeline.getState().playhead, shot);
    change({ prompts: withPart(prompts, (frame * shot.frameRate.den) / shot.frameRate.num, lengthSec) });
  };
  return (
    <div className={styles['section']}>
      {prompts.map((_, index) => (
        <Part
          key={index}
          parts={prompts}
          index={index}
          lengthSec={lengthSec}
          isDisabled={isDisabled}
          onChange={(parts) => change({ prompts: parts })}
        />
      ))}
      {takesParts && prompts.length < mostParts && (
        <div>
          <Button disabled={isDisabled} onClick={addPart}>
            <Plus size={12} aria-hidden /> {say('inspector.addPart')}
          </Button>
        </div>
      )}
      <div className={styles['stacked']}>
        <span>{say('inspector.negative')}</span>
        <TextArea
          label={say('inspector.negative')}
          placeholder={say(takesNegative ? 'inspector.negativeHint' : 'inspector.noNegative')}
          rows={1}
          value={negativePrompt}
          isDisabled={isDisabled || (!takesNegative && negativePrompt === '')}
          onChange={(text) => change({ negativePrompt: text })}
        />
      </div>
    </div>
  );
}

interface PartProps {
  readonly parts: PromptParts;
  readonly index: number;
  readonly lengthSec: number;
  readonly isDisabled: boolean;
  readonly onChange: (parts: PromptParts) => void;
}

function Part({ parts, index, lengthSec, isDisabled, onChange }: PartProps) {
  const say = useSay();
  const part = parts[index];
  if (part === undefined) return null;
  const label = index === 0 ? say('inspector.prompt') : say('inspector.promptPart', { seconds: part.fromSec });
  return (
    <div className={styles['stacked']}>
      <span className={styles['partHead']}>
        {index === 0 ? (
          <span>{say('inspector.prompt')}</span>
        ) : (
          <>
            <span>{say('inspector.partFrom')}</span>
            <NumberField
              label={say('inspector.partStart', { part: index + 1 })}
              value={part.fromSec}
              {...roomOf(parts, index, lengthSec)}
              step={0.1}
              unit="s"
              isDisabled={isDisabled}
              onChange={(seconds) => onChange(partMoved(parts, index, seconds, lengthSec))}
            />
          </>
        )}
        {parts.length > 1 && (
          <IconButton
            label={say('inspector.removePart', { part: index + 1 })}
            disabled={isDisabled}
            onClick={() => onChange(withoutPart(parts, index))}
          >
            <X size={13} aria-hidden />
          </IconButton>
        )}
      </span>
      <TextArea
        label={label}
        value={part.prompt}
        isDisabled={isDisabled}
        onChange={(prompt) => onChange(parts.with(index, { ...part, prompt }))}
      />
    </div>
  );
}
