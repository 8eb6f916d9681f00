/** One of the imported media: its picture, what it is, how it stands, and what can be done with it. */
import { AudioLines, Image as Picture, Video } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Media } from '#shared/project/media';
import { importedThumbnailUrl } from '#shared/studio/media-imported';
import { Actions, type Action } from '../controls/Actions';
import { ContextMenu } from '../controls/ContextMenu';
import { placeMedia, removeWithClips } from '../media/act-on-media';
import { findAgain, prepare } from '../media/choose-media';
import { carryMedia } from '../media/drag-media';
import { factsText, kindText, standingWords, usedText, type StandingWords } from '../media/media-words';
import { useMedia, useSay, useStudio } from '../studio/use-studio';
import styles from './library.module.css';

interface Props {
  readonly media: Media;
  /** Clips that show it. */
  readonly uses: number;
}

export function MediaRow({ media, uses }: Props) {
  const say = useSay();
  const studio = useStudio();
  const standing = useMedia(({ standings }) => standings.get(media.id));
  const words = standingWords(standing, say);
  const actions = useActions(media, uses, words);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    removeWithClips(studio, media.id);
  };
  return (
    <li className={styles['media']}>
      <ContextMenu groups={[actions.map((action) => ({ ...action, keys: '' }))]}>
        <button
          type="button"
          className={styles['medium']}
          draggable
          title={media.name}
          onDragStart={(event) => carryMedia(event.dataTransfer, media.id)}
          onDoubleClick={() => void placeMedia(studio, media.id)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') placeMedia(studio, media.id);
            else onKeyDown(event);
          }}
        >
          <Thumbnail media={media} isHere={standing?.file.kind === 'here'} />
          <span className={styles['facts']}>
            <span className={styles['number']}>{media.name}</span>
            <span>{factsText(media, say)}</span>
            <span>{usedText(media, uses, say)}</span>
          </span>
        </button>
      </ContextMenu>
      <Actions label={say('media.actions', { name: media.name })} actions={actions} />
      {words !== undefined && (
        <p className={styles['standing']} data-kind={words.kind} title={words.text}>
          {words.text}
        </p>
      )}
    </li>
  );
}

function Thumbnail({ media, isHere }: { readonly media: Media; readonly isHere: boolean }) {
  const say = useSay();
  const Icon = { video: Video, image: Picture, audio: AudioLines }[media.kind];
  return (
    <span className={styles['thumb']} role="img" aria-label={kindText(media, say)}>
      {media.kind === 'audio' || !isHere ? (
        <Icon size={16} aria-hidden />
      ) : (
        <img src={importedThumbnailUrl(media.sha256)} alt="" loading="lazy" draggable={false} />
      )}
    </span>
  );
}

function useActions(media: Media, uses: number, words: StandingWords | undefined): readonly Action[] {
  const say = useSay();
  const studio = useStudio();
  const isMissing = words?.kind === 'missing';
  const resolve = (): void => studio.dialogs.setState({ superResolve: { mediaId: media.id, fromFrame: 0 } });
  return [
    { id: 'place', label: say('media.place'), run: () => void placeMedia(studio, media.id) },
    ...(media.kind === 'video'
      ? [{ id: 'resolve', label: say('media.superResolve'), run: resolve, isDisabled: isMissing }]
      : []),
    ...(isMissing ? [{ id: 'find', label: say('media.find'), run: () => void findAgain(studio, media) }] : []),
    ...(words?.kind === 'failed'
      ? [{ id: 'prepare', label: say('media.prepareAgain'), run: () => void prepare(studio, media, true) }]
      : []),
    ...(words?.kind === 'working'
      ? [{ id: 'stop', label: say('media.stopPreparing'), run: () => void prepare(studio, media, false) }]
      : []),
    {
      id: 'remove',
      label: uses === 0 ? say('media.remove') : say('media.removeUsed', { count: uses }),
      run: () => removeWithClips(studio, media.id),
    },
  ];
}
