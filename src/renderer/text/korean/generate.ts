/** In Korean: asking for pictures: prompt bar, queue. */
import type { generateTexts as english } from '../english/generate';

export const generateTexts: Readonly<Record<keyof typeof english, string>> = {
  'prompt.label': '새 숏 설명',
  'prompt.placeholder': '장면을 설명하세요: 해 질 녘 눈 덮인 산을 지나는 빨간 배',
  'prompt.generate': '생성',
  'prompt.stopAt': '여기까지',
  'prompt.noPack': '모델 팩이 없습니다. 생성하려면 설치하세요.',

  'queue.empty': '대기 중인 작업이 없습니다.',
  'queue.job': '{shot}, 테이크 {take}',
  'queue.waiting': '대기 중, {place}번째',
  'queue.running': '{stage}: {steps}스텝 중 {step}',
  'queue.starting': '시작하는 중',
  'queue.paused': '일시정지',
  'queue.cancelled': '취소됨',
  'queue.failed': '실패: {reason}',
  'queue.cancel': '{job} 취소',
  'queue.pause': '{job} 일시정지',
  'queue.resume': '{job} 계속',
  'queue.retry': '{job} 다시 시도',
  'queue.earlier': '{job} 먼저 실행',
  'queue.left': '{seconds}초 남음',
};
