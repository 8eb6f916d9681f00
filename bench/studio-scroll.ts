/** Frame times while the timeline is scrolled and zoomed without pause, beside those of the same window at rest. */
import type { OpenedStudio } from '../e2e/studio.test-support';
import { frameTimes, frameTimesHeader, frameTimesText, type FrameTimes } from './frame-times';

export interface Scrolling {
  readonly text: string;
  readonly times: Readonly<Record<string, FrameTimes>>;
  /** 95th percentile while it moves, over that at rest. */
  readonly ratio: number;
}

const forMs = 4000;
const surface = `document.querySelector('[data-surface="rows"]')`;

/** A turn of the wheel over the rows: `x` pixels across or, with Control, `y` of zoom. */
function wheel(fields: string): string {
  return `const rows = ${surface}; const box = rows.getBoundingClientRect();
    rows.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: box.left + 300, clientY: box.top + 40, ${fields} }));`;
}

export async function measureScrolling({ page }: OpenedStudio): Promise<Scrolling> {
  const times: Record<string, FrameTimes> = {};
  times['at rest'] = await frameTimes(page, forMs);
  await page.keyboard.press('Shift+KeyZ');
  times['zoom, whole to frame'] = await frameTimes(
    page,
    forMs,
    wheel('ctrlKey: true, deltaY: at % 240 < 120 ? -16 : 16'),
  );
  await page.keyboard.press('Shift+KeyZ');
  times['scroll, 600 clips in sight'] = await scrolled(6);
  times['scroll, 60 clips in sight'] = await scrolled(10);
  times['scroll, 6 clips in sight'] = await scrolled(10);
  const rest = times['at rest'].p95Ms;
  const moving = Math.max(...Object.values(times).map(({ p95Ms }) => p95Ms));
  const rows = Object.entries(times).map(([name, each]) => frameTimesText(name, each));
  const ratio = moving / rest;
  return { text: [frameTimesHeader, ...rows, `p95 moving over at rest: ${ratio.toFixed(2)}`].join('\n'), times, ratio };

  /** Closer by so many steps of the key, then scrolled. */
  async function scrolled(closer: number): Promise<FrameTimes> {
    for (let step = 0; step < closer; step += 1) await page.keyboard.press('Equal');
    return frameTimes(page, forMs, wheel('deltaX: at % 160 < 80 ? 90 : -90'));
  }
}
