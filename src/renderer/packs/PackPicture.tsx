/** A picture of a pack; where it has none of that name, the words that stand for it. */
import { useEffect, useState } from 'react';
import { packPathSchema } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';
import { useStudio } from '../studio/use-studio';
import styles from './packs.module.css';

interface Props {
  readonly hash: Sha256;
  /** As the card writes it. */
  readonly path: string;
  readonly description: string;
}

export function PackPicture({ hash, path, description }: Props) {
  const studio = useStudio();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const name = packPathSchema.safeParse(path.replace(/^\.\//, ''));
    if (!name.success) return;
    let made: string | undefined;
    let isWanted = true;
    studio
      .channel()
      .request('packPicture', { hash, path: name.data })
      .then(({ type, bytes }) => {
        if (!isWanted) return;
        made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
        setUrl(made);
      })
      // The card is from outside and may name what is not there: its words are shown instead.
      .catch(() => undefined);
    return () => {
      isWanted = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [studio, hash, path]);
  if (url === undefined) return <span className={styles['aside']}>{description}</span>;
  return <img className={styles['picture']} src={url} alt={description} />;
}
