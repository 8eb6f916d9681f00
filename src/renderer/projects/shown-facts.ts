/** Times of projects as people say them. Pure. */
import type { Language } from '../text/text';

const dayMs = 86_400_000;

/** "today", "3 days ago", and from a month on the date. */
export function dayText(openedAt: string, language: Language, now = new Date()): string {
  const at = new Date(openedAt);
  if (Number.isNaN(at.getTime())) return '';
  const days = Math.round((midnight(at) - midnight(now)) / dayMs);
  if (days > -30 && days <= 0) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** `1:05`, `1:02:05`; below a minute in seconds. */
export function lengthText(seconds: number): string {
  if (seconds < 59.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
