/** What an edit takes in a window with many clips: until it shows, and until main has answered that it is on disk. */
import type { OpenedStudio } from '../e2e/studio.test-support';
import { installEditClock, timeEdit, type EditTime } from './edit-clock';
import { percentile } from './statistics';

interface Spread {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
}

export interface EditTimes {
  readonly text: string;
  readonly kinds: Readonly<Record<string, Readonly<Record<keyof EditTime, Spread>>>>;
}

/** Each makes one edit of the clips under the playhead, one on every track, and the second takes it back. */
const kinds = {
  nudge: ['Alt+ArrowRight', 'Alt+ArrowLeft'],
  opacity: ['Shift+ArrowDown', 'Shift+ArrowUp'],
  split: ['KeyS', 'Control+KeyZ'],
  'ripple delete': ['Shift+Delete', 'Control+KeyZ'],
} as const;

export async function measureEdits({ page }: OpenedStudio, count: number): Promise<EditTimes> {
  await installEditClock(page);
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const measured: Record<string, Record<keyof EditTime, Spread>> = {};
  for (const [name, [make, back]] of Object.entries(kinds)) {
    const [made, taken]: [EditTime[], EditTime[]] = [[], []];
    for (let at = 0; at < count; at += 1) {
      await selectAnother();
      made.push(await timed(make));
      taken.push(await timed(back));
    }
    measured[name] = spreadOf(made);
    measured[`${name}, taken back`] = spreadOf(taken);
  }
  return { text: textOf(measured), kinds: measured };

  async function selectAnother(): Promise<void> {
    // To the end of these clips, to the start of the next ones, and into them.
    for (let cut = 0; cut < 2; cut += 1) await page.keyboard.press('ArrowDown');
    for (let frame = 0; frame < 3; frame += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('KeyD');
  }

  async function timed(key: string): Promise<EditTime> {
    const time = await timeEdit(page, key);
    if (time === undefined) throw new RangeError(`${key} made no edit: nothing was selected, or main did not answer.`);
    return time;
  }
}

function spreadOf(times: readonly EditTime[]): Record<keyof EditTime, Spread> {
  const spread = (of: keyof EditTime): Spread => {
    const values = times.map((time) => time[of]);
    return { medianMs: percentile(values, 0.5), p95Ms: percentile(values, 0.95), worstMs: Math.max(...values) };
  };
  return { shownMs: spread('shownMs'), keptMs: spread('keptMs'), channelMs: spread('channelMs') };
}

function textOf(measured: Readonly<Record<string, Record<keyof EditTime, Spread>>>): string {
  const cells = ({ medianMs, p95Ms, worstMs }: Spread): string =>
    [medianMs, p95Ms, worstMs].map((ms) => ms.toFixed(0).padStart(7)).join('');
  const rows = Object.entries(measured).map(
    ([name, { shownMs, keptMs, channelMs }]) =>
      `${name.padEnd(26)}${cells(shownMs)}${cells(keptMs)}${cells(channelMs)}`,
  );
  const title = 'milliseconds from the key'.padEnd(26);
  const column = (name: string): string => name.padStart(21);
  const spreads = '   med.    p95  worst'.repeat(3);
  return [
    `${title}${column('shown')}${column('on disk')}${column('of that, channel')}`,
    `${''.padEnd(26)}${spreads}`,
    ...rows,
  ].join('\n');
}
