/** Asks for what "super-resolve this" leaves open: which stage the film stands for, and what is to be seen. */
import { useState } from 'react';
import type { StageId } from '#shared/pack-manifest';
import type { Media } from '#shared/project/media';
import { longestPrompt } from '#shared/shot';
import { Menu } from '../controls/Choice';
import { FormDialog } from '../controls/FormDialog';
import { Field } from '../controls/Field';
import { TextField } from '../controls/TextField';
import { useDialogs, useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import type { Say } from '../text/text';
import { replaceableStages, superResolve } from './super-resolve';

/** What is asked about is in the store of dialogs; nothing shows while that names no film of the project. */
export function SuperResolve() {
  const { dialogs } = useStudio();
  const hasNoPack = useWork(({ packs }) => packs.length === 0);
  const film = useDialogs(({ superResolve }) => superResolve);
  const media = useDocument(({ project }) => film && project.media.get(film.mediaId));
  if (film === undefined || media === undefined) return null;
  const close = (): void => dialogs.setState({ superResolve: undefined });
  if (hasNoPack) return <NoPack media={media} onClose={close} />;
  return <Question key={media.id} media={media} fromFrame={film.fromFrame} onClose={close} />;
}

/** Says that nothing can be asked yet, and leads to where packs are installed. */
function NoPack({ media, onClose }: Omit<Props, 'fromFrame'>) {
  const say = useSay();
  const { dialogs } = useStudio();
  return (
    <FormDialog
      title={say('media.superResolveTitle', { name: media.name })}
      description={say('media.noPack')}
      action={say('banner.packs')}
      isReady
      onAct={() => dialogs.setState({ superResolve: undefined, open: 'packs' })}
      onClose={onClose}
    >
      {null}
    </FormDialog>
  );
}

interface Props {
  readonly media: Media;
  readonly fromFrame: number;
  readonly onClose: () => void;
}

function Question({ media, fromFrame, onClose }: Props) {
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
    if (await superResolve(studio, { pack, media, fromFrame, stage, prompt })) onClose();
    else setWorking(false);
  };
  return (
    <FormDialog
      title={say('media.superResolveTitle', { name: media.name })}
      description={adviceFor(fromFrame, say)}
      action={say(isWorking ? 'media.superResolveWorking' : 'media.superResolveMake')}
      isReady={!isWorking && stage !== undefined && prompt.trim() !== ''}
      onAct={() => void make()}
      onClose={onClose}
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
    </FormDialog>
  );
}

function adviceFor(fromFrame: number, say: Say): string {
  return fromFrame === 0 ? say('media.superResolveAdvice') : say('media.superResolveAdviceFrom', { frame: fromFrame });
}

function optionsOf(stages: ReturnType<typeof replaceableStages>) {
  return stages.map(({ id, output: { frames, width, height } }) => ({
    value: id,
    label: `${id}  ${frames} × ${width}×${height}`,
  }));
}
