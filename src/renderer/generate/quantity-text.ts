/** Times and sizes as people say them: no more digits than they can use. */
import type { Cost } from '#shared/studio/cost';
import type { Say } from '../text/text';

export function durationText(seconds: number, say: Say): string {
  if (seconds < 1) return say('quantity.underASecond');
  if (seconds < 9.95) return say('quantity.seconds', { seconds: seconds.toFixed(1) });
  if (seconds < 90) return say('quantity.seconds', { seconds: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return say('quantity.minutes', { minutes });
  return say('quantity.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** As an estimate: "about 2 min". */
export function aboutText(seconds: number, say: Say): string {
  const time = durationText(seconds, say);
  return seconds < 1 ? time : say('cost.time', { time });
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Powers of a thousand, as disks are sold. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

/** "4 stages, about 2 min, 180 MB"; where a stage was never measured it says so. */
export function costText({ stages, seconds, unmeasured, diskBytes }: Cost, say: Say): string {
  const parts = [say(stages === 1 ? 'cost.stage' : 'cost.stages', { count: stages })];
  if (unmeasured < stages) parts.push(aboutText(seconds, say));
  if (unmeasured > 0)
    parts.push(say(unmeasured === stages ? 'cost.unmeasured' : 'cost.someUnmeasured', { count: unmeasured }));
  parts.push(say('cost.disk', { size: sizeText(diskBytes) }));
  return parts.join(', ');
}
