/** In Korean: presets of any kind, and those of the direction of shots. */
import type { presetsTexts as english } from '../english/presets';

export const presetsTexts: Readonly<Record<keyof typeof english, string>> = {
  'preset.rename': '이 프리셋 이름 바꾸기…',
  'preset.delete': '이 프리셋 삭제',
  'preset.keep': '저장',

  'direction.label': '연출',
  'direction.preset': '연출 프리셋',
  'direction.own': '직접 정한 값',
  'direction.presetActions': '연출 프리셋 작업',
  'direction.presetName': '연출 프리셋 이름',
  'direction.save': '이 연출을 프리셋으로 저장…',
  'direction.hint': '모든 단계를 어떻게, 어디까지 만드는지입니다. 프롬프트, 시드, 지정 프레임은 들어가지 않습니다.',
  'direction.leftOut': '팩에 맞지 않는 것은 뺐습니다: {what}.',
  'direction.leftOutField': '{stage}의 {field}',
  'direction.leftOutShots': '숏 {count}개는 팩이 설치되지 않아 그대로 두었습니다.',
};
