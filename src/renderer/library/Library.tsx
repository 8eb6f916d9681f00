/** The library: shots with their takes, and imported media, each with a search; the queue beneath. Files can be dropped anywhere. */
import { useState } from 'react';
import { Tabs } from '../controls/Tabs';
import { DropHint } from '../media/DropHint';
import { Queue } from '../queue/Queue';
import { useDocument, useMedia, useSay } from '../studio/use-studio';
import styles from './library.module.css';
import { MediaList } from './MediaList';
import { ShotList } from './ShotList';

type Page = 'shots' | 'media';

export function Library() {
  const say = useSay();
  const shots = useDocument(({ project }) => project.shots.size);
  const media = useDocument(({ project }) => project.media.size);
  const newest = useMedia(({ arrivals }) => arrivals.at(-1)?.id);
  const [page, setPage] = useState<Page>('shots');
  const [followed, setFollowed] = useState(newest);
  // What is on its way is shown, once; then the page is the person's again.
  if (newest !== undefined && newest !== followed) {
    setFollowed(newest);
    setPage('media');
  }
  return (
    <>
      <nav className={styles['library']} aria-label={say('panel.library')}>
        <Tabs
          label={say('panel.library')}
          value={page}
          onChange={setPage}
          tabs={[
            { value: 'shots', label: withCount(say('library.shots'), shots), content: <ShotList /> },
            { value: 'media', label: withCount(say('library.media'), media), content: <MediaList /> },
          ]}
        />
      </nav>
      <Queue />
      <DropHint />
    </>
  );
}

function withCount(name: string, count: number): string {
  return count === 0 ? name : `${name}  ${count}`;
}
