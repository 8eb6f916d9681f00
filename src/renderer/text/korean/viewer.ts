/** In Korean: the viewer. */
import type { viewerTexts as english } from '../english/viewer';

export const viewerTexts: Readonly<Record<keyof typeof english, string>> = {
  'viewer.label': '{name}의 화면',
  'viewer.picture': '화면',
  'viewer.ladder': '단계',
  'viewer.nothing': '이 프레임에는 표시할 것이 없습니다',
  'viewer.fit': '맞춤',
  'viewer.actual': '100 %',
  'viewer.scale': '배율',
  'viewer.edit': '편집본',
  'viewer.source': '표시 대상',
  'viewer.compareWith': '비교 대상',
  'viewer.noCompare': '비교 안 함',
  'viewer.wipe': '와이프 위치',
  'viewer.time': '시간',
  'viewer.rate': '{rate}배속',
};
