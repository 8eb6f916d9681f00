import { expect, test } from 'vitest';
import { newWorkStore } from '../studio/work-store';
import { knownPackOfNewShots } from './pack-of-new-shots';

test('whoever asks before main has said what packs there are is answered when it has', async () => {
  const work = newWorkStore();
  const answer = knownPackOfNewShots(work);
  const early = await Promise.race([answer, Promise.resolve('waiting')]);
  expect(early).toBe('waiting');
  work.setState({ packs: [], arePacksKnown: true });
  expect(await answer).toBeUndefined();
});
