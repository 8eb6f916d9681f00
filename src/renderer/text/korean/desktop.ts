/** In Korean: the menu bar of an Electron window, and the question before it ends. */
import type { desktopTexts as english } from '../english/desktop';

export const desktopTexts: Readonly<Record<keyof typeof english, string>> = {
  'menu.file': '파일',
  'menu.window': '윈도우',
  'menu.help': '도움말',
  'menu.about': 'Sluice에 관하여',
  'menu.newWindow': '새 윈도우',
  'menu.close': '윈도우 닫기',
  'menu.quit': 'Sluice 종료',
  'menu.minimize': '최소화',
  'menu.zoom': '확대/축소',
  'menu.front': '모두 앞으로 가져오기',
  'menu.togglefullscreen': '전체 화면',
  'menu.toggleDevTools': '개발자 도구',
  'menu.services': '서비스',
  'menu.hide': 'Sluice 가리기',
  'menu.hideOthers': '기타 가리기',
  'menu.unhide': '모두 보기',

  'quit.message': 'Sluice를 종료할까요?',
  'quit.jobs': '샷을 만드는 중입니다. 다음에 Sluice를 열면 마지막 단계부터 이어서 만듭니다.',
  'quit.exports': '파일을 내보내는 중입니다. 종료하면 처음부터 다시 내보내야 합니다.',
  'quit.unsaved': '저장하지 못한 편집이 있습니다. 종료하면 잃게 됩니다.',
  'quit.quit': '종료',
  'quit.stay': '계속하기',
};
