/** Asks for what "super-resolve this" leaves open: which stage the film stands for, and what is to be seen. */
import { useState } from 'react';
import type { StageId } from '#shared/pack-manifest';
import type { Media } from '#shared/project/media';
import { longestPrompt } from '#shared/shot';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { Dialog } from '../controls/Dialog';
import { Field } from '../controls/Field';
import { TextField } from '../controls/TextField';
import { useSay, useStudio, useWork } from '../studio/use-studio';
import { replaceableStages, superResolve } from './super-resolve';

interface Props {
  readonly media: Media;
  readonly onClose: () => void;
}

export function SuperResolve({ media, onClose }: Props) {
  const say = useSay();
  const studio = useStudio();
  const packs = useWork((work) => work.packs);
  const pack = packs.find(({ isPreferred }) => isPreferred) ?? packs[0];
  const stages = pack === undefined ? [] : replaceableStages(pack.manifest);
  const [chosen, setStage] = useState<StageId>();
  const [prompt, setPrompt] = useState(media.name.replace(/\.[a-z0-9]{1,5}$/i, ''));
  const [isWorking, setWorking] = useState(false);
  const stage = chosen ?? stages[0]?.id;
  const make = async (): Promise<void> => {
    if (pack === undefined || stage === undefined) return;
    setWorking(true);
    if (await superResolve(studio, { pack, media, stage, prompt })) onClose();
    else setWorking(false);
  };
  return (
    <Dialog
      title={say('media.superResolveTitle', { name: media.name })}
      description={say(pack === undefined ? 'media.noPack' : 'media.superResolveAdvice')}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('dialog.cancel')}</Button>
          <Button
            isStrong
            disabled={isWorking || stage === undefined || prompt.trim() === ''}
            onClick={() => void make()}
          >
            {say(isWorking ? 'media.superResolveWorking' : 'media.superResolveMake')}
          </Button>
        </>
      }
    >
      {stage !== undefined && (
        <>
          <Field name={say('media.superResolveStage')}>
            <Menu
              label={say('media.superResolveStage')}
              value={stage}
              options={optionsOf(stages)}
              onChange={setStage}
            />
          </Field>
          <Field name={say('media.superResolvePrompt')}>
            <TextField
              label={say('media.superResolvePrompt')}
              value={prompt}
              maxLength={longestPrompt}
              onChange={setPrompt}
              onEnter={() => void make()}
            />
          </Field>
        </>
      )}
    </Dialog>
  );
}

function optionsOf(stages: ReturnType<typeof replaceableStages>) {
  return stages.map(({ id, output: { frames, width, height } }) => ({
    value: id,
    label: `${id}  ${frames} × ${width}×${height}`,
  }));
}
