/** In Korean: the first-run tour. */
import type { tourTexts as english } from '../english/tour';

export const tourTexts: Readonly<Record<keyof typeof english, string>> = {
  'tour.count': '{of}단계 중 {at}',
  'tour.prompt': '무엇을 볼지 말하세요',
  'tour.promptWords':
    '숏을 묘사하고 Enter를 누르세요. 가장 작은 단계가 움직이는 그림으로 바로 답하고, 남기는 것만 더 올라갑니다.',
  'tour.viewer': '첫 스텝부터 보세요',
  'tour.viewerWords':
    '만들어지는 동안에도 클립 전체가 여기서 움직입니다. Space로 재생하고 J, K, L로 오갑니다. 어떤 두 단계나 테이크든 와이프로 비교할 수 있습니다.',
  'tour.timeline': '단계를 오르세요',
  'tour.timelineWords':
    '클립을 고르고 Enter를 누르면 단계들로 열립니다. 단계마다 보관되어 재생할 수 있고, 하나를 바꾸면 그 위 단계만 다시 만듭니다.',
  'tour.inspector': '가이던스를 그리세요',
  'tour.inspectorWords':
    '프롬프트, 시드, 각 단계의 설정이 여기 있습니다. 가이던스는 스텝 위의 곡선입니다. 끌어서 바꾸고, 실행 전에 드는 시간을 보세요.',
  'tour.rest': '그 밖의 모든 것',
  'tour.restWords': '다른 프로젝트는 이 이름 뒤에 있습니다. 모든 명령과 화면, 설정은 팔레트에 있습니다: {keys}.',
  'tour.skip': '건너뛰기',
  'tour.back': '이전',
  'tour.next': '다음',
  'tour.end': '시작하기',
};
