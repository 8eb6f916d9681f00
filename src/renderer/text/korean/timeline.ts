/** In Korean: the timeline. */
import type { timelineTexts as english } from '../english/timeline';

export const timelineTexts: Readonly<Record<keyof typeof english, string>> = {
  'timeline.label': '{project} 타임라인',
  'timeline.empty': '첫 숏이 여기에 나타납니다.',
  'timeline.track': '트랙 {name}',
  'timeline.mute': '{name} 끄기',
  'timeline.lock': '{name} 잠그기',
  'timeline.clip': '{name}, {start}부터 {length}',
  'timeline.selected': '클립 {count}개 선택됨',
};
