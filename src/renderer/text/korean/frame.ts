/** In Korean: the frame around everything: bar, panels, saving, dialogs. */
import type { frameTexts as english } from '../english/frame';

export const frameTexts: Readonly<Record<keyof typeof english, string>> = {
  'app.untitled': '제목 없음',
  'app.connecting': '스튜디오에 연결하는 중…',
  'app.lost': 'Sluice와 연결이 끊겼습니다: {reason} 다시 연결하는 중입니다({attempt}번째).',
  'app.failed': '스튜디오를 열 수 없습니다: {reason}',
  'app.readOnly': '다른 곳에서 열려 있음: 읽기 전용',

  'save.saved': '저장됨',
  'save.saving': '{count}개 저장 중…',
  'save.failed': '저장되지 않음: {reason}',

  'bar.label': '프로젝트',
  'bar.undo': '{edit} 실행 취소',
  'bar.redo': '{edit} 다시 실행',
  'bar.nothingToUndo': '취소할 작업이 없습니다',
  'bar.nothingToRedo': '다시 실행할 작업이 없습니다',
  'bar.commands': '명령',
  'bar.theme': '밝은 화면과 어두운 화면 전환',
  'bar.language': '언어',
  'bar.shortcuts': '키보드 단축키',

  'panel.library': '라이브러리',
  'panel.viewer': '뷰어',
  'panel.timeline': '타임라인',
  'panel.inspector': '인스펙터',
  'panel.queue': '대기열',
  'panel.resize': '{panel} 크기 조절',

  'dialog.close': '닫기',
  'dialog.cancel': '취소',
  'toast.undo': '실행 취소',
};
