/** How soon a described shot is seen, and how soon it moves: what Enter in the prompt bar brings to the viewer. For tests and benchmarks. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

const seenSchema = z.object({ shownAt: z.number(), movedAt: z.number().nullable() });

export interface FirstPreview {
  /** Milliseconds from Enter until the viewer shows something of the new shot that is not black. */
  readonly shownMs: number;
  /** And until it showed two different pictures of one and the same step. Null: it was made before that was seen. */
  readonly movedMs: number | null;
}

/** Resolves once the new shot was seen to move, or its stage is made. */
export async function firstPreview(page: Page, prompt: string): Promise<FirstPreview> {
  await page.getByLabel('Describe a new shot').fill(prompt);
  const before = z
    .string()
    .nullable()
    .parse(await page.evaluate(frameShown));
  const from = Date.now();
  await page.keyboard.press('Enter');
  const { shownAt, movedAt } = seenSchema.parse(await page.evaluate(newShotSeen(before)));
  return { shownMs: shownAt - from, movedMs: movedAt === null ? null : movedAt - from };
}

/** Runs in the page: what the viewer shows, by a thirteenth of the pixels in its middle; `print` is equal where they are. */
const look = `(() => {
  const canvas = document.querySelector('canvas[data-frame]');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(width >> 2, height >> 2, width >> 1, height >> 1);
  let isLit = false;
  let print = 0;
  for (let at = 0; at < data.length; at += 4 * 13) {
    const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
    isLit ||= Math.max(red, green, blue) > 24;
    print = (31 * print + 65536 * red + 256 * green + blue) | 0;
  }
  const { frame, preview } = canvas.dataset;
  return { isLit, frame, print, step: preview && [preview, width, height].join() };
})`;

/** Runs in the page: the frame that the viewer shows; null where it shows nothing but black. */
const frameShown = `(() => { const { isLit, frame } = ${look}(); return isLit ? frame : null; })()`;

/**
 * Runs in the page. A new shot is at a frame of its own, which is black until its first preview: a picture at another frame than `before`
 * is of the new shot, and so is any where all was black. It moves once another frame with another picture is seen of the same step.
 */
const newShotSeen = (before: string | null): string => `new Promise((resolve) => {
  const look = ${look};
  let shownAt;
  let last = {};
  const watch = () => {
    const seen = look();
    if (seen.isLit && seen.frame !== ${JSON.stringify(before)}) shownAt ??= Date.now();
    if (shownAt !== undefined) {
      const isSameStep = seen.step !== undefined && seen.step === last.step;
      if (isSameStep && seen.frame !== last.frame && seen.print !== last.print)
        return resolve({ shownAt, movedAt: Date.now() });
      if (seen.step === undefined) return resolve({ shownAt, movedAt: null });
      last = seen;
    }
    requestAnimationFrame(watch);
  };
  watch();
})`;
