/** A pack that cannot be used: where it is, and why. */
import { PackageX } from 'lucide-react';
import type { PackEntry } from '#shared/studio/packs';
import { Empty } from '../controls/Empty';
import { useSay } from '../studio/use-studio';
import { problemText } from '../studio/problem-text';
import styles from './packs.module.css';

export function InvalidPack({ pack }: { readonly pack: Extract<PackEntry, { state: 'invalid' }> }) {
  const say = useSay();
  return (
    <Empty
      icon={<PackageX size={24} aria-hidden />}
      title={say('packs.invalidTitle')}
      advice={problemText(pack.problem, say)}
    >
      <span className={styles['path']}>{pack.directory}</span>
    </Empty>
  );
}
