/** How much of the window moves without anybody's doing (Layout Instability API), and what of it moves the most. */
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** The most that counts as good for a whole page (web.dev/articles/cls). */
export const mostLayoutShift = 0.1;

const shiftsSchema = z.array(z.object({ value: z.number(), atMs: z.number(), sources: z.array(z.string()) }));

export interface LayoutShift {
  /** Sum of all shifts since the document was opened; without those that follow an input within half a second. */
  readonly total: number;
  /** The largest first: how much, when, which elements and from where to where. */
  readonly worst: readonly string[];
}

/** As many as are told. */
const mostTold = 8;

/** Throws where `watchLayout` did not run in the page before its own scripts. */
export async function layoutShift(page: Page): Promise<LayoutShift> {
  const shifts = shiftsSchema.parse(await page.evaluate('layoutShifts()'));
  const worst = shifts.toSorted((a, b) => b.value - a.value).slice(0, mostTold);
  return {
    total: shifts.reduce((sum, { value }) => sum + value, 0),
    worst: worst.map(({ value, atMs, sources }) => `${value.toFixed(4)} at ${atMs} ms: ${sources.join('; ')}`),
  };
}

/** Runs in the page, before its own scripts. Elements are named as they are found: later they may be gone. */
export const watchLayout = `(() => {
  const nameOf = (node) => {
    const names = [];
    let at = node instanceof Text ? node.parentElement : node;
    for (; at !== null && names.length < 3; at = at.parentElement) {
      const label = at.getAttribute('aria-label');
      const classes = [...at.classList].map((name) => '.' + name).join('');
      names.unshift(at.localName + (at.id && '#' + at.id) + classes + (label === null ? '' : '[aria-label="' + label + '"]'));
    }
    return names.join(' > ') || 'what is gone';
  };
  const placeOf = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  const shifts = [];
  const take = (entries) => {
    for (const { value, hadRecentInput, startTime, sources } of entries)
      if (!hadRecentInput)
        shifts.push({
          value,
          atMs: Math.round(startTime),
          sources: sources.map(
            ({ node, previousRect, currentRect }) =>
              nameOf(node) + ' (' + placeOf(previousRect) + ' → ' + placeOf(currentRect) + ')',
          ),
        });
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  globalThis.layoutShifts = () => {
    take(observer.takeRecords());
    return shifts;
  };
})()`;
