/** In Korean: guidance, samplers and thresholds. */
import type { guidanceTexts as english } from '../english/guidance';

export const guidanceTexts: Readonly<Record<keyof typeof english, string>> = {
  'sampler.ddim': 'DDIM',
  'sampler.ancestral': '앤세스트럴',
  'sampler.stochastic-n-step': '확률적 N스텝',
  'sampler.euler': '오일러',
  'sampler.heun': '호인',

  'threshold.none': '없음',
  'threshold.static': '정적',
  'threshold.dynamic': '동적',

  'guidance.label': '가이던스',
  'guidance.constant': '일정',
  'guidance.oscillating': '진동',
  'guidance.curve': '곡선',
  'guidance.kind': '가이던스 종류',
  'guidance.none': '이 단계는 가이던스 없이 학습되었습니다.',
  'guidance.chart': '{steps}스텝에 걸친 가이던스 가중치',
  'guidance.weight': '가중치',
  'guidance.high': '높음',
  'guidance.low': '낮음',
  'guidance.from': '시작 스텝',
  'guidance.to': '끝 스텝',
  'guidance.period': '주기',
  'guidance.point': '점 {index}: 스텝 {step}, 가중치 {weight}',
  'guidance.addPoint': '점 추가',
};
