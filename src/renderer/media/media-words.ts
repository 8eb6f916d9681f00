/** What is said of media: their kind and measures, and how they stand, with what to do about it. */
import type { Media } from '#shared/project/media';
import type { MediaStanding, Preparation } from '#shared/studio/media';
import { problemText } from '../studio/problem-text';
import type { Say } from '../text/text';
import type { TextKey } from '../text/english';

const kinds: Readonly<Record<Media['kind'], TextKey>> = {
  video: 'media.kind.video',
  image: 'media.kind.image',
  audio: 'media.kind.audio',
};

const ranges: Readonly<Record<'pq' | 'hlg', TextKey>> = { pq: 'media.facts.pq', hlg: 'media.facts.hlg' };

export function kindText({ kind }: Media, say: Say): string {
  return say(kinds[kind]);
}

export function factsText(media: Media, say: Say): string {
  switch (media.kind) {
    case 'image':
      return withBits(say('media.facts.image', media.size), media.bits, say);
    case 'audio':
      return say('media.facts.audio', { rate: media.frameRate.num / 1000 });
    case 'video': {
      const fps = Number((media.frameRate.num / media.frameRate.den).toFixed(2));
      const facts = say('media.facts.video', { ...media.size, fps });
      const range = media.dynamicRange === undefined ? facts : `${facts} · ${say(ranges[media.dynamicRange])}`;
      return withBits(range, media.bits, say);
    }
  }
}

function withBits(facts: string, bits: number | undefined, say: Say): string {
  return bits === undefined ? facts : `${facts} · ${say('media.facts.bits', { bits })}`;
}

/** How long it is and how often clips show it. */
export function usedText(media: Media, uses: number, say: Say): string {
  const used = uses === 0 ? say('media.unused') : say('media.used', { count: uses });
  return media.kind === 'image' ? used : `${lengthText(media)} · ${used}`;
}

/** `1:02:03`, or `2:03`, rounded to seconds; below ten of them to tenths. */
export function lengthText({ frames, frameRate }: Exclude<Media, { kind: 'image' }>): string {
  const seconds = (frames * frameRate.den) / frameRate.num;
  if (seconds < 10) return `0:0${seconds.toFixed(1)}`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}

export interface StandingWords {
  readonly text: string;
  readonly kind: 'working' | 'failed' | 'missing' | 'flat';
}

/** Undefined where all is well. */
export function standingWords(standing: MediaStanding | undefined, say: Say): StandingWords | undefined {
  if (standing === undefined) return undefined;
  const { file } = standing;
  switch (file.kind) {
    case 'checking':
      return { kind: 'working', text: say('media.state.checking', { percent: percentOf(file.share) }) };
    case 'missing':
      return { kind: 'missing', text: missingText(file, say) };
    case 'here':
      return preparationWords(standing, say);
  }
}

function missingText({ why, lookedAt: place }: Extract<MediaStanding['file'], { kind: 'missing' }>, say: Say): string {
  if (why === 'changed') return say('media.state.changed', { place });
  return place === '' ? say('media.state.goneUnknown') : say('media.state.gone', { place });
}

function preparationWords({ film, sound, isFlat }: MediaStanding, say: Say): StandingWords | undefined {
  const parts = [film, sound].filter((part) => part !== undefined);
  const failed = parts.find((part) => part.kind === 'failed');
  if (failed !== undefined)
    return { kind: 'failed', text: say('media.state.failed', { reason: problemText(failed.problem, say) }) };
  const making = makingText('media.state.sound', sound, say) ?? makingText('media.state.film', film, say);
  if (making !== undefined) return { kind: 'working', text: making };
  if (parts.some(({ kind }) => kind === 'waiting')) return { kind: 'working', text: say('media.state.waiting') };
  if (parts.some(({ kind }) => kind === 'absent')) return { kind: 'failed', text: say('media.state.stopped') };
  return isFlat === true ? { kind: 'flat', text: say('media.state.flat') } : undefined;
}

function makingText(key: TextKey, part: Preparation | undefined, say: Say): string | undefined {
  return part?.kind === 'making' ? say(key, { percent: percentOf(part.share) }) : undefined;
}

export function percentOf(share: number): number {
  return Math.floor(Math.min(1, Math.max(0, share)) * 100);
}
