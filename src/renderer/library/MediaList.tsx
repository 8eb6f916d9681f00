/** Imported media: what is on its way, what there is, and a way to bring more. */
import { Film, FolderSearch, Import } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MediaId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import { Button, IconButton } from '../controls/Button';
import { Empty } from '../controls/Empty';
import { Arrivals } from '../media/Arrivals';
import { chooseAndImport, lookAgain } from '../media/choose-media';
import { useDocument, useMedia, useSay, useStudio } from '../studio/use-studio';
import styles from './library.module.css';
import { MediaRow } from './MediaRow';
import { found, Search } from './Search';

export function MediaList() {
  const say = useSay();
  const media = useDocument(({ project }) => project.media);
  const clips = useDocument(({ project }) => project.clips);
  const isQuiet = useMedia(({ arrivals }) => arrivals.length === 0);
  const used = useMemo(() => usesOf(clips), [clips]);
  const [words, setWords] = useState('');
  const shown = found([...media.values()], words, ({ name }) => name);
  if (media.size === 0 && isQuiet) return <NoMedia />;
  return (
    <>
      <Tools />
      <Arrivals />
      {media.size > 0 && <Search words={words} onChange={setWords} isEmpty={shown.length === 0} />}
      <ul aria-label={say('media.list')}>
        {shown.map((one) => (
          <MediaRow key={one.id} media={one} uses={used.get(one.id) ?? 0} />
        ))}
      </ul>
    </>
  );
}

function NoMedia() {
  const say = useSay();
  const studio = useStudio();
  return (
    <Empty title={say('media.emptyTitle')} advice={say('media.emptyAdvice')} icon={<Film size={20} aria-hidden />}>
      <Button isStrong onClick={() => void chooseAndImport(studio)}>
        {say('media.import')}
      </Button>
    </Empty>
  );
}

function Tools() {
  const say = useSay();
  const studio = useStudio();
  const isMissing = useMedia(({ standings }) => [...standings.values()].some(({ file }) => file.kind === 'missing'));
  return (
    <div className={styles['tools']}>
      <Button onClick={() => void chooseAndImport(studio)}>
        <Import size={13} aria-hidden /> {say('media.import')}
      </Button>
      {isMissing && (
        <IconButton label={say('media.lookAgain')} onClick={() => void lookAgain(studio)}>
          <FolderSearch size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

function usesOf(clips: Project['clips']): ReadonlyMap<MediaId, number> {
  const uses = new Map<MediaId, number>();
  for (const { source } of clips.values())
    if (source.kind === 'media') uses.set(source.mediaId, (uses.get(source.mediaId) ?? 0) + 1);
  return uses;
}
