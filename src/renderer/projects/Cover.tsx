/**
 * What a project looks like: frames of its first clip side by side, of which one shows, and under the pointer one after the other. Of
 * imported media there is one picture.
 */
import { Clapperboard } from 'lucide-react';
import { useState } from 'react';
import { importedThumbnailUrl } from '#shared/studio/media-imported';
import { stripUrl } from '#shared/studio/media-url';
import type { ProjectCover } from '#shared/studio/project-library';
import styles from './projects.module.css';

const pictureFrames = 12;
const pictureHeight = 128;

export function Cover({ cover }: { readonly cover: ProjectCover | undefined }) {
  const [isBroken, setBroken] = useState(false);
  const { picture, thumbnail } = cover ?? {};
  if (picture === undefined && thumbnail !== undefined && !isBroken)
    return (
      <span className={styles['cover']}>
        <img
          className={styles['still']}
          src={importedThumbnailUrl(thumbnail)}
          alt=""
          draggable={false}
          onError={() => setBroken(true)}
        />
      </span>
    );
  if (picture === undefined || isBroken)
    return (
      <span className={styles['cover']}>
        <Clapperboard size={24} aria-hidden />
      </span>
    );
  const frames = Math.min(pictureFrames, picture.frames);
  const height = Math.max(8, Math.min(pictureHeight, picture.height));
  return (
    <span className={styles['cover']}>
      <img
        className={styles['strip']}
        style={{ width: `${frames * 100}%`, animationTimingFunction: `steps(${frames})` }}
        data-sharp={picture.height < pictureHeight}
        src={stripUrl(picture.key, frames, height)}
        alt=""
        draggable={false}
        onError={() => setBroken(true)}
      />
    </span>
  );
}
