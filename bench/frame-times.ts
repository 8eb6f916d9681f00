/** What a window's frames take while something happens in it: the time between two of them, and tasks that kept it from answering. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { percentile } from './statistics';

export interface FrameTimes {
  readonly frames: number;
  /** Milliseconds between two frames. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
  /** Of all frames, those that came at least half a frame late for 60 a second. */
  readonly lateShare: number;
  /** Tasks over 50 ms, as the browser reports them. */
  readonly longTasksMs: readonly number[];
}

/** Half a frame late at 60 a second. */
const lateMs = 25;

const measuredSchema = z.object({ deltas: z.array(z.number()).min(1), long: z.array(z.number()) });

/** @param eachFrame script of the page, run once a frame with the frame's number as `at` */
export async function frameTimes(page: Page, forMs: number, eachFrame = ''): Promise<FrameTimes> {
  const { deltas, long } = measuredSchema.parse(
    await page.evaluate(`new Promise((resolve) => {
      const deltas = [], long = [];
      const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
      observer.observe({ type: 'longtask' });
      const each = (at) => { ${eachFrame} };
      let before, at = 0;
      const until = performance.now() + ${forMs};
      requestAnimationFrame(function frame(now) {
        if (before !== undefined) deltas.push(now - before);
        before = now;
        each(at++);
        if (now < until) requestAnimationFrame(frame);
        else setTimeout(() => { observer.disconnect(); resolve({ deltas, long }); }, 100);
      });
    })`),
  );
  return {
    frames: deltas.length,
    medianMs: percentile(deltas, 0.5),
    p95Ms: percentile(deltas, 0.95),
    worstMs: Math.max(...deltas),
    lateShare: deltas.filter((ms) => ms > lateMs).length / deltas.length,
    longTasksMs: long.map(Math.round),
  };
}

export function frameTimesText(name: string, times: FrameTimes): string {
  const long =
    times.longTasksMs.length === 0 ? 'none' : `${times.longTasksMs.length}, worst ${Math.max(...times.longTasksMs)} ms`;
  return [
    name.padEnd(26),
    ...[times.medianMs, times.p95Ms, times.worstMs].map((ms) => ms.toFixed(1).padStart(8)),
    `${(100 * times.lateShare).toFixed(1)} %`.padStart(9),
    `   ${long}`,
  ].join('');
}

export const frameTimesHeader = `${'milliseconds a frame'.padEnd(26)}${'median'.padStart(8)}${'p95'.padStart(8)}${'worst'.padStart(8)}${'late'.padStart(9)}   tasks over 50 ms`;
