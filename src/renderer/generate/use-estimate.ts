/** What a new shot would take, asked of main: the words change nothing of it, so it is asked once for a pack. */
import { useEffect, useState } from 'react';
import { plainShot } from '#shared/shot';
import type { Ladder } from '#shared/studio/ladder';
import type { Sha256 } from '#shared/units';
import { useStudio } from '../studio/use-studio';
import { randomSeed } from './new-shot';

/** Undefined until it is known, and where it cannot be known. Asked anew whenever `moment` is another. */
export function useEstimate(packHash: Sha256, moment: number): Ladder | undefined {
  const studio = useStudio();
  const [ladder, setLadder] = useState<Ladder>();
  useEffect(() => {
    let isWanted = true;
    studio
      .channel()
      .request('estimate', { packHash, shot: plainShot('a shot', randomSeed()) })
      .then(
        (estimated) => isWanted && setLadder(estimated),
        // Without an estimate there is none to show; that main is gone is said elsewhere.
        () => isWanted && setLadder(undefined),
      );
    return () => {
      isWanted = false;
    };
  }, [studio, packHash, moment]);
  return ladder;
}
