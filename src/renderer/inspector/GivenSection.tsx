/** Pictures that the clip must contain: its first and last frame, or the frames of a neighbour that it continues. */
import { Plus, X } from 'lucide-react';
import { changeGiven } from '#shared/project/edits/shots';
import type { GivenFrames } from '#shared/shot';
import type { BringSource } from '#shared/studio/brought';
import { frameUrl } from '#shared/studio/media-url';
import { Actions } from '../controls/Actions';
import { IconButton } from '../controls/Button';
import { choosePaths } from '../files/choose-paths';
import { bringGiven } from '../generate/bring';
import { givenFrames } from '../generate/extension';
import { beginningOf, endOf, frameShown, neighboursOf } from '../generate/neighbour-frames';
import type { SelectedShot } from '../studio/selected';
import { useDocument, useSay, useStudio } from '../studio/use-studio';
import { placeOf, startSec, withGiven } from './given-places';
import styles from './inspector.module.css';

interface Props {
  readonly selected: SelectedShot;
  readonly isDisabled: boolean;
}

export function GivenSection({ selected, isDisabled }: Props) {
  const say = useSay();
  const { document } = useStudio();
  const { shot, pack } = selected;
  const { given } = shot.direction;
  const takesGiven = pack?.manifest.capabilities.givenFrames === true;
  if (!takesGiven && given.length === 0) return null;
  const change = (next: GivenFrames[]): void =>
    void document.edit((project) => changeGiven(project, { shotId: shot.id, given: next }));
  return (
    <div className={styles['section']}>
      <h3 className={styles['heading']}>
        {say('given.title')}
        {takesGiven && <AddGiven selected={selected} isDisabled={isDisabled} />}
      </h3>
      {given.length === 0 && <p className={styles['hint']}>{say('given.none')}</p>}
      {given.map((one, index) => (
        <div key={`${one.source.sha256} ${one.atFrame}`} className={styles['given']}>
          <img className={styles['thumb']} src={frameUrl(one.source.sha256, 0)} alt="" />
          <span>{nameOf(one, shot, say)}</span>
          <IconButton
            label={say('given.remove', { place: nameOf(one, shot, say) })}
            disabled={isDisabled}
            onClick={() => change(given.filter((_, at) => at !== index))}
          >
            <X size={13} aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
}

function nameOf(one: GivenFrames, { frames, frameRate }: SelectedShot['shot'], say: ReturnType<typeof useSay>): string {
  const place = placeOf(one, frames);
  const fps = frameRate.num / frameRate.den;
  return say(`given.${place}`, {
    frames: one.source.frames,
    seconds: Number(startSec(one, frames, fps).toFixed(2)),
  });
}

/** Where given frames can come from, and what each puts where. */
function AddGiven({ selected: { shot, clip, pack }, isDisabled }: Props) {
  const say = useSay();
  const studio = useStudio();
  const project = useDocument((document) => document.project);
  if (pack === undefined) return null;
  const { before, after } = neighboursOf(project, clip);
  const many = givenFrames(pack.manifest);
  const add = async (source: BringSource | undefined, frames: number, end: 'front' | 'back'): Promise<void> => {
    const brought = source && (await bringGiven(studio, shot.packHash, source, frames));
    if (brought === undefined) return;
    studio.document.edit((now) => {
      const { given } = now.shots.get(shot.id)?.direction ?? shot.direction;
      return changeGiven(now, { shotId: shot.id, given: withGiven(given, brought, end, shot.frames) });
    });
  };
  const ofPlayhead = (): BringSource | undefined =>
    frameShown(studio.document.getState().project, Math.floor(studio.timeline.getState().playhead));
  const ofFile = async (): Promise<BringSource | undefined> => {
    const [path] = await choosePaths(studio, { kind: 'files', title: say('given.choose') });
    return path === undefined ? undefined : { kind: 'file', path };
  };
  return (
    <Actions
      label={say('given.add')}
      icon={<Plus size={14} aria-hidden />}
      isDisabled={isDisabled}
      actions={[
        { id: 'first', label: say('given.firstOfPlayhead'), run: () => void add(ofPlayhead(), 1, 'front') },
        { id: 'last', label: say('given.lastOfPlayhead'), run: () => void add(ofPlayhead(), 1, 'back') },
        {
          id: 'firstFile',
          label: say('given.firstOfFile'),
          run: () => void ofFile().then((file) => add(file, 1, 'front')),
        },
        {
          id: 'lastFile',
          label: say('given.lastOfFile'),
          run: () => void ofFile().then((file) => add(file, 1, 'back')),
        },
        {
          id: 'before',
          label: say('given.continueBefore'),
          isDisabled: before === undefined,
          run: () => before && void add(endOf(project, before, many), many, 'front'),
        },
        {
          id: 'after',
          label: say('given.leadInto'),
          isDisabled: after === undefined,
          run: () => after && void add(beginningOf(project, after), many, 'back'),
        },
      ]}
    />
  );
}
