/** In Korean: the dialog for files and folders. */
import type { filesTexts as english } from '../english/files';

export const filesTexts: Readonly<Record<keyof typeof english, string>> = {
  'files.folder': '폴더',
  'files.name': '이름',
  'files.entries': '이 폴더의 항목',
  'files.up': '위로',
  'files.choose': '선택',
  'files.save': '저장',
  'files.nothing': '여기에는 고를 것이 없습니다.',
  'files.cutShort': '처음 {count}개만 표시됩니다. 경로를 직접 입력하세요.',
};
