/** How long a window takes from being asked for until it can be worked in: its clips are there and it answers a key. */
import type { OpenedStudio } from '../e2e/studio.test-support';
import { percentile } from './statistics';

export interface OpeningTimes {
  readonly text: string;
  readonly interactiveMs: readonly number[];
}

const rounds = 5;

export async function measureOpening({ page }: OpenedStudio): Promise<OpeningTimes> {
  const interactiveMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await page.reload({ waitUntil: 'commit' });
    const snapping = page.getByRole('button', { name: 'Snapping on or off' });
    const was = await snapping.getAttribute('aria-pressed');
    await page.keyboard.press('KeyN');
    await page.locator(`button[aria-label="Snapping on or off"][aria-pressed="${String(was !== 'true')}"]`).waitFor();
    await page.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))');
    interactiveMs.push(performance.now() - from);
  }
  const [middle, worst] = [percentile(interactiveMs, 0.5), Math.max(...interactiveMs)];
  return {
    text: `interactive after ${middle.toFixed(0)} ms, worst of ${rounds} ${worst.toFixed(0)} ms`,
    interactiveMs,
  };
}
