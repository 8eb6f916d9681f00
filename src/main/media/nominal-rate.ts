/**
 * The frame rate at which a video is counted. Evenly spaced frames have theirs; where they come unevenly (telephones, recordings of a
 * screen, GIFs) it is that of the shortest steps that are common, so that no motion is lost. Pure.
 */
import type { FrameRate } from '#shared/project/time';

/** Where nothing else is known, as for a single frame. */
const usualFps = 25;
const fastestFps = 240;
/** Steps rarer than this share are accidents. */
const commonShare = 0.05;
/** Rates that are nearer than this are the same: 24 and 23.976 differ by 0.1 %. */
const sameRate = 0.0004;
/** The rates of television, as thousand-and-firsts of a thousand times these. */
const television = [24, 30, 48, 60, 120];

/**
 * @param steps seconds from frame to frame, with how often each occurs
 * @param saidFps as the file says, to about a hundredth
 */
export function nominalRate(steps: ReadonlyMap<number, number>, saidFps: number | undefined): FrameRate {
  const total = sum(steps.values());
  if (total === 0) return named(saidFps ?? usualFps);
  const mean = sum([...steps].map(([step, times]) => step * times)) / total;
  const [shortest, longest] = [Math.min(...steps.keys()), Math.max(...steps.keys())];
  // Times in whole milliseconds (Matroska) make one rate look like two or three.
  if (longest - shortest <= 0.0021) return named(saidNear(saidFps, 1 / mean) ?? 1 / mean);
  const common = [...steps].filter(([, times]) => times >= total * commonShare).map(([step]) => step);
  const fastest = 1 / Math.min(...(common.length > 0 ? common : [mean]));
  return named(saidNear(saidFps, fastest) ?? fastest);
}

/** What the file says where it fits what was seen to a twentieth: it is the more exact of the two. */
function saidNear(said: number | undefined, seen: number): number | undefined {
  return said !== undefined && Math.abs(said - seen) < seen / 20 ? said : undefined;
}

function named(fps: number): FrameRate {
  const known = television.find((each) => Math.abs((each * 1000) / 1001 / fps - 1) < sameRate);
  if (known !== undefined) return { num: known * 1000, den: 1001 };
  if (fps >= 1) return { num: Math.min(fastestFps, Math.round(fps)), den: 1 };
  return { num: 1, den: Math.min(1000, Math.max(1, Math.round(1 / fps))) };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
