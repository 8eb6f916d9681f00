/** In Korean: the ladder. */
import type { ladderTexts as english } from '../english/ladder';

export const ladderTexts: Readonly<Record<keyof typeof english, string>> = {
  'ladder.label': '{name}의 단계',
  'ladder.grid': '{frames}프레임, {fps}fps',
  'ladder.empty': '만들지 않음',
  'ladder.stale': '다시 만들어야 함',
  'ladder.queued': '대기 중',
  'ladder.running': '스텝 {step}/{steps}',
  'ladder.paused': '일시정지',
  'ladder.done': '완료',
  'ladder.replaced': '주어진 클립',
  'ladder.needless': '필요 없음',
  'ladder.failed': '실패: {reason}',
  'ladder.run': '{stage}까지 실행',
  'ladder.show': '{stage}을(를) 뷰어에 표시',
  'ladder.again': '있는 것에서 {stage} 다시 실행',
  'ladder.upwards': '{stage}부터 맨 위까지 실행',
  'ladder.play': '클립의 {stage} 재생',
  'ladder.actions': '{stage} 작업',
  'ladder.anotherSeed': '다른 시드로 {stage} 시도',
  'ladder.compare': '가장 높은 단계와 나란히 비교',
  'ladder.wipe': '뷰어에서 와이프로 비교',
  'ladder.cancel': '{stage} 취소',
  'ladder.retry': '{stage} 다시 시도',
};
