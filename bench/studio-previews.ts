/** What a shot that is being made does to the window: how soon its first moving picture is there, and how long tasks get while previews stream. */
import type { OpenedStudio } from '../e2e/studio.test-support';
import { frameTimes, frameTimesHeader, frameTimesText, type FrameTimes } from './frame-times';

export interface Previews {
  readonly text: string;
  /** From Enter in the prompt bar, with the inference process warm. */
  readonly firstPreviewMs: number;
  readonly times: FrameTimes;
}

const forMs = 6000;

/** Resolves once the viewer, which a new shot takes to its own empty place, shows a picture. */
const pictureShown = `new Promise((resolve) => {
  const isShown = () => {
    const canvas = document.querySelector('canvas[role="img"]');
    const { data } = canvas.getContext('2d').getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1);
    if (data[3] > 0) resolve(); else requestAnimationFrame(isShown);
  };
  setTimeout(isShown, 50);
})`;

export async function measurePreviews({ page }: OpenedStudio): Promise<Previews> {
  await prompt('a warm engine');
  await page.getByText('1 of 7 stages').first().waitFor({ timeout: 60_000 });
  const from = performance.now();
  await prompt('a paper boat in the rain');
  await page.evaluate(pictureShown);
  const firstPreviewMs = performance.now() - from;
  await page.keyboard.press('Shift+KeyG');
  const times = await frameTimes(page, forMs);
  const text = `first preview ${firstPreviewMs.toFixed(0)} ms after Enter\n${frameTimesHeader}\n${frameTimesText('previews stream', times)}`;
  return { text, firstPreviewMs, times };

  async function prompt(words: string): Promise<void> {
    await page.getByLabel('Describe a new shot').fill(words);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  }
}
