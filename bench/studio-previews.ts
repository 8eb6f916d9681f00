/** What a shot that is being made does to the window: how soon its first moving picture is there, and how long tasks get while previews stream. */
import { firstPreview, type FirstPreview } from '../e2e/first-preview.test-support';
import type { OpenedStudio } from '../e2e/studio.test-support';
import { frameTimes, frameTimesHeader, frameTimesText, type FrameTimes } from './frame-times';

export interface Previews {
  readonly text: string;
  /** From Enter in the prompt bar, with the inference process warm: seen, and seen to move. */
  readonly first: FirstPreview;
  readonly times: FrameTimes;
}

const forMs = 6000;

export async function measurePreviews({ page }: OpenedStudio): Promise<Previews> {
  await firstPreview(page, 'a warm engine');
  await page.keyboard.press('Escape');
  await page.getByText('1 of 7 stages').first().waitFor({ timeout: 60_000 });
  const first = await firstPreview(page, 'a paper boat in the rain');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+KeyG');
  const times = await frameTimes(page, forMs);
  const moved = first.movedMs === null ? 'made before it was seen to move' : `moves after ${first.movedMs} ms`;
  const text = `first preview ${first.shownMs} ms after Enter, ${moved}\n${frameTimesHeader}\n${frameTimesText('previews stream', times)}`;
  return { text, first, times };
}
