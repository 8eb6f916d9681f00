/** In Korean: the frame around everything: bar, panels, saving, dialogs. */
import type { frameTexts as english } from '../english/frame';

export const frameTexts: Readonly<Record<keyof typeof english, string>> = {
  'app.untitled': '제목 없음',
  'app.connecting': '스튜디오에 연결하는 중…',
  'app.lost': 'Sluice와 연결이 끊겼습니다: {reason} 다시 연결하는 중입니다({attempt}번째).',
  'app.failed': '스튜디오를 열 수 없습니다: {reason}',
  'app.notOpened': '{folder}을(를) 열 수 없습니다. {reason} 지금 보이는 것은 다른 프로젝트입니다.',
  'app.readOnly': '다른 곳에서 열려 있음: 읽기 전용',

  'save.saved': '저장됨',
  'save.saving': '{count}개 저장 중…',
  'save.failed': '저장되지 않음: {reason}',

  'bar.label': '프로젝트',
  'bar.undo': '{edit} 실행 취소',
  'bar.redo': '{edit} 다시 실행',
  'bar.nothingToUndo': '취소할 작업이 없습니다',
  'bar.nothingToRedo': '다시 실행할 작업이 없습니다',

  'panel.library': '라이브러리',
  'panel.viewer': '뷰어',
  'panel.timeline': '타임라인',
  'panel.inspector': '인스펙터',
  'panel.queue': '대기열',
  'panel.resize': '{panel} 크기 조절',

  'dialog.close': '닫기',
  'dialog.cancel': '취소',
  'toast.undo': '실행 취소',
  'bar.projects': '{title}: 다른 프로젝트',
  'banner.readOnly': '“{title}”은(는) 다른 Sluice에서 열려 있습니다. 여기서는 볼 수만 있고 바꿀 수 없습니다.',
  'banner.copy': '사본 만들기',
  'banner.unsaved': '편집 {count}개가 메모리에만 있습니다: {reason}',
  'banner.retry': '다시 시도',
  'banner.saveAs': '다른 곳에 저장…',
  'removed.shot': '숏을 테이크, 클립과 함께 없앴습니다.',
  'removed.shots': '숏 {count}개를 테이크, 클립과 함께 없앴습니다.',
  'removed.track': '트랙을 클립과 함께 없앴습니다.',
  'removed.tracks': '트랙 {count}개를 클립과 함께 없앴습니다.',
  'removed.medium': '가져온 것을 프로젝트에서 뺐습니다. 파일은 그대로입니다.',
  'removed.media': '가져온 것 {count}개를 프로젝트에서 뺐습니다. 파일은 그대로입니다.',
  'removed.clip': '클립을 없앴습니다.',
  'removed.clips': '클립 {count}개를 없앴습니다.',
  'removed.marker': '마커를 없앴습니다.',
  'removed.markers': '마커 {count}개를 없앴습니다.',
};
