/** What the shot starts from: its prompt, or a clip that stands for one of its stages ("super-resolve this"). */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { changeStart } from '#shared/project/edits/shots';
import { sourceRange } from '#shared/project/source';
import type { Project } from '#shared/project/project';
import type { BringSource } from '#shared/studio/brought';
import { frameUrl } from '#shared/studio/media-url';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { bringStart } from '../generate/bring';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useSay, useStudio, useWork } from '../studio/use-studio';
import type { Say } from '../text/text';
import { Field } from './Field';
import styles from './inspector.module.css';
import { startSources } from './start-sources';

interface Props {
  readonly selected: SelectedShot;
  readonly isDisabled: boolean;
}

export function StartSection({ selected, isDisabled }: Props) {
  const say = useSay();
  const { document } = useStudio();
  const { startFrom } = selected.shot.direction;
  const [isOpen, setOpen] = useState(false);
  if (selected.pack === undefined) return null;
  return (
    <div className={styles['section']}>
      <Field label={say('start.title')}>
        {startFrom === undefined ? (
          <Button
            className={styles['opener']}
            disabled={isDisabled}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {say('start.fromPrompt')}
            <ChevronDown size={12} aria-hidden />
          </Button>
        ) : (
          <span className={styles['given']}>
            <img className={styles['thumb']} src={frameUrl(startFrom.source.sha256, 0)} alt="" />
            <span>{say('start.asStage', { stage: startFrom.stage })}</span>
            <Button
              disabled={isDisabled}
              onClick={() => void document.edit((project) => changeStart(project, { shotId: selected.shot.id }))}
            >
              {say('start.clear')}
            </Button>
          </span>
        )}
      </Field>
      {isOpen && startFrom === undefined && (
        <ChooseStart selected={selected} isDisabled={isDisabled} onChosen={() => setOpen(false)} />
      )}
    </div>
  );
}

function ChooseStart({ selected: { shot, pack }, isDisabled, onChosen }: Props & { readonly onChosen: () => void }) {
  const say = useSay();
  const studio = useStudio();
  const project = useDocument((document) => document.project);
  const ladders = useWork((work) => work.ladders);
  const stages = (pack?.manifest.stages ?? []).slice(0, -1);
  const [chosen, setStage] = useState<StageId>();
  const [from, setFrom] = useState<string>();
  const stage = chosen ?? stages[0]?.id;
  const shape = stages.find(({ id }) => id === stage)?.output;
  if (stage === undefined || shape === undefined) return null;
  const sources = startSources(project, ladders, shot, shape);
  const source = sources.find(({ id }) => id === from) ?? sources[0];
  const use = async (): Promise<void> => {
    if (source === undefined) return;
    const brought = await bringStart(studio, shot.packHash, fromInPoint(project, source.source), stage);
    if (brought === undefined) return;
    studio.document.edit((now) => changeStart(now, { shotId: shot.id, startFrom: { stage, source: brought } }));
    onChosen();
  };
  return (
    <>
      <Field label={say('start.stage')}>
        <Menu
          label={say('start.stage')}
          value={stage}
          options={stages.map(({ id, output }) => ({ value: id, label: `${id}  ${output.width}×${output.height}` }))}
          onChange={setStage}
        />
      </Field>
      <Field label={say('start.source')}>
        {source === undefined ? (
          <span className={styles['hint']}>{say('start.noSource')}</span>
        ) : (
          <Menu
            label={say('start.source')}
            value={source.id}
            options={sources.map((each) => ({ value: each.id, label: labelOf(each, say) }))}
            onChange={setFrom}
          />
        )}
      </Field>
      <div>
        <Button isStrong disabled={isDisabled || source === undefined} onClick={() => void use()}>
          {say('start.use')}
        </Button>
      </div>
    </>
  );
}

function labelOf(source: ReturnType<typeof startSources>[number], say: Say): string {
  return source.kind === 'media'
    ? source.name
    : say('start.take', { shot: source.name, take: source.take, stage: source.stage });
}

/** Of media the frames from where its first clip begins: a trim before paying for resolution. */
function fromInPoint(project: Project, source: BringSource): BringSource {
  if (source.kind !== 'media') return source;
  const clip = [...project.clips.values()].find(
    (each) => each.source.kind === 'media' && each.source.mediaId === source.mediaId,
  );
  return clip === undefined ? source : { ...source, fromFrame: sourceRange(project, clip).inFrame };
}
