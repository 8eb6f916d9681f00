/** In Korean: the library of shots and media. */
import type { libraryTexts as english } from '../english/library';

export const libraryTexts: Readonly<Record<keyof typeof english, string>> = {
  'library.shots': '숏',
  'library.media': '미디어',
  'library.empty': '아직 숏이 없습니다. 프롬프트 줄에 장면을 쓰고 Enter를 누르세요.',
  'library.take': '테이크 {number}',
  'library.seed': '시드 {seed}',
  'library.newTake': '다른 시드로 {shot}의 새 테이크 만들기',
  'library.place': '{shot}을(를) 재생 위치에 놓기',
  'library.actions': '{shot} 작업',
  'library.rename': '이름 바꾸기',
  'library.shotName': '{shot}의 이름',
  'library.remove': '프로젝트에서 제거',
  'library.removeUsed': '클립 {count}개와 함께 제거',
  'library.rate': '테이크 {number} 평가: 5점 중 {rating}점',
  'library.rating': '테이크 {number}의 평가',
  'library.stagesMade': '{stages}단계 중 {made}단계',
};
