/** In Korean: the viewer. */
import type { viewerTexts as english } from '../english/viewer';

export const viewerTexts: Readonly<Record<keyof typeof english, string>> = {
  'viewer.label': '{name}의 화면',
  'viewer.nothing': '이 프레임에는 표시할 것이 없습니다',
  'viewer.fit': '맞춤',
  'viewer.scale': '배율',
  'viewer.edit': '편집본',
  'viewer.source': '표시 대상',
  'viewer.wipe': '와이프 위치',
  'viewer.time': '시간',
  'viewer.rate': '{rate}배속',
  'mode.picture': '화면',
  'mode.ladder': '단계',
  'mode.takes': '테이크',
  'mode.compare': '나란히',
  'viewer.mode': '보기',
  'viewer.wipeTo': '와이프 대상',
  'viewer.noWipe': '와이프 안 함',
  'viewer.highest': '가장 높은 단계',
  'viewer.timeHint': '시간이나 프레임을 입력하면 이동합니다: 1:12, 90, +10',
  'viewer.frame': '{frame}프레임',
  'viewer.range': '인 {from}, 아웃 {to}, {length}',
  'viewer.turned': '만드는 중, {frame}프레임',
  'viewer.wipeTake': '테이크 {number}, 시드 {seed}',
  'viewer.wipeStage': '와이프로 보이는 단계',
};
