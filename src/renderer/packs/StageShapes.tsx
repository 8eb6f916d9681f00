/** The stages of a pack as frames that grow, each drawn to scale: the ladder that its clips climb. */
import type { StageSpec } from '#shared/pack-manifest';
import { useSay } from '../studio/use-studio';
import styles from './packs.module.css';

const tallest = 96;
const smallest = 5;

export function StageShapes({ stages }: { readonly stages: readonly StageSpec[] }) {
  const say = useSay();
  const top = Math.max(...stages.map(({ output }) => output.height));
  return (
    <ol className={styles['shapes']} aria-hidden>
      {stages.map(({ id, output: { width, height, frames } }) => {
        const scale = Math.max(smallest, (height / top) * tallest) / height;
        return (
          <li key={id} className={styles['shape']}>
            <span className={styles['frame']} style={{ width: width * scale, height: height * scale }} />
            <span>{`${width}×${height}`}</span>
            <span>{say('packs.frameCount', { count: frames })}</span>
          </li>
        );
      })}
    </ol>
  );
}
