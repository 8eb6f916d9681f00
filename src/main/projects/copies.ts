/** The dated copies of a project's snapshot: what to fall back on, and a way back to yesterday. A few, the older the sparser. */
import path from 'node:path';
import { fileErrorCode } from '#frames/disk-errors';
import { writeDurably } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';

export interface Copy {
  readonly name: string;
  readonly at: Date;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** At most one copy in so much time. */
const betweenCopiesMs = 10 * minuteMs;
const newestKept = 3;
/** One an hour for a day, then one a day for a month; older ones go. */
const thinning = [
  { withinMs: dayMs, everyMs: hourMs },
  { withinMs: 30 * dayMs, everyMs: dayMs },
];
const namePattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)\.(\d{3})Z\.json$/;

export function copyName(at: Date): string {
  return `${at.toISOString().replaceAll(':', '-')}.json`;
}

/** Newest first; other files are passed over. */
export async function listCopies(files: FileSystem, folder: string): Promise<readonly Copy[]> {
  const copies = (await namesIn(files, folder)).flatMap((name): Copy[] => {
    const [, day, hours, minutes, seconds, ms] = namePattern.exec(name) ?? [];
    return day === undefined ? [] : [{ name, at: new Date(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`) }];
  });
  return copies.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Copies `file` into `folder` if the newest copy there is old enough, and thins the others. */
export async function keepCopy(files: FileSystem, file: string, folder: string, now: Date): Promise<void> {
  const copies = await listCopies(files, folder);
  const newest = copies[0];
  // A copy of the future says that the clock was wrong once: it must not keep new ones from being made.
  if (newest !== undefined && Math.abs(now.getTime() - newest.at.getTime()) < betweenCopiesMs) return;
  await files.mkdir(folder, { recursive: true });
  await writeDurably(path.join(folder, copyName(now)), await files.readFile(file), undefined, files);
  for (const { name } of superfluous([...copies, { name: copyName(now), at: now }]))
    await files.rm(path.join(folder, name), { force: true });
}

/** Those that thinning removes. Ages count from the newest copy, so a wrong clock removes nothing. */
export function superfluous(copies: readonly Copy[]): readonly Copy[] {
  const sorted = [...copies].sort((a, b) => b.at.getTime() - a.at.getTime());
  const newestMs = sorted[0]?.at.getTime() ?? 0;
  const slots = new Set<string>();
  return sorted.filter((copy, index) => {
    const ageMs = newestMs - copy.at.getTime();
    const rule = thinning.find(({ withinMs }) => ageMs <= withinMs);
    const slot = rule === undefined ? undefined : `${rule.everyMs} ${Math.floor(copy.at.getTime() / rule.everyMs)}`;
    const first = slot !== undefined && !slots.has(slot);
    if (slot !== undefined) slots.add(slot);
    return index >= newestKept && !first;
  });
}

async function namesIn(files: FileSystem, folder: string): Promise<readonly string[]> {
  try {
    return await files.readdir(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
