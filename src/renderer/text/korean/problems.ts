/** In Korean: what went wrong and what to do, by its code; the message in English follows for the particulars. */
import type { problemsTexts as english } from '../english/problems';

export const problemsTexts: Readonly<Record<keyof typeof english, string>> = {
  'problem.invalid-prompt': '이 프롬프트는 쓸 수 없습니다. 프롬프트를 고친 뒤 다시 시도하세요. 자세히: {message}',
  'problem.invalid-shot':
    '이 숏의 설정은 쓸 수 없습니다. 인스펙터에서 설정을 고친 뒤 다시 시도하세요. 자세히: {message}',
  'problem.invalid-argument': '이 작업은 할 수 없습니다. 고른 것이나 입력한 값을 확인하세요. 자세히: {message}',
  'problem.pack-not-found': '모델 팩이 이 컴퓨터에 없습니다. 팩을 설치한 뒤 다시 시도하세요. 자세히: {message}',
  'problem.pack-invalid': '모델 팩이 올바르지 않아 쓸 수 없습니다. 팩을 다시 받아 설치하세요. 자세히: {message}',
  'problem.pack-unsupported':
    '이 버전의 Sluice는 이 모델 팩을 쓸 수 없습니다. Sluice를 업데이트하거나 다른 팩을 쓰세요. 자세히: {message}',
  'problem.pack-incompatible':
    '이 숏의 설정이 모델 팩과 맞지 않습니다. 설정을 바꾸거나 다른 팩을 쓰세요. 자세히: {message}',
  'problem.artifact-missing': '필요한 클립이 더는 없습니다. 그 단계를 다시 실행하세요. 자세히: {message}',
  'problem.artifact-corrupt': '저장된 클립이 손상되었습니다. 그 단계를 다시 실행하세요. 자세히: {message}',
  'problem.disk-full': '디스크에 공간이 부족합니다. 공간을 비운 뒤 다시 시도하세요. 자세히: {message}',
  'problem.disk-read-only':
    '이 위치에는 쓸 수 없습니다. 폴더의 권한을 확인하거나 다른 위치를 고르세요. 자세히: {message}',
  'problem.out-of-memory':
    '메모리가 부족합니다. 다른 프로그램을 닫거나 설정에서 ‘단계당 메모리’를 바꾼 뒤 다시 시도하세요. 자세히: {message}',
  'problem.network-not-finite':
    '신경망이 올바르지 않은 값을 냈습니다. 설정에서 다른 실행 장치를 골라 다시 시도하세요. 그래도 같으면 팩이 손상된 것입니다. 자세히: {message}',
  'problem.inference-crashed':
    '생성 프로세스가 갑자기 끝났습니다. 다시 시도하면 마지막으로 저장된 스텝부터 이어집니다. 자세히: {message}',
  'problem.inference-timeout': '생성 프로세스가 응답하지 않습니다. 다시 시도하세요. 자세히: {message}',
  'problem.provider-unavailable':
    '실행 장치를 쓸 수 없습니다. 설정에서 ‘자동’이나 다른 장치를 고르세요. 자세히: {message}',
  'problem.provider-inexact':
    '실행 장치가 낸 값이 모델 팩의 기준값과 달라 믿을 수 없습니다. 설정에서 ‘자동’이나 다른 장치를 고르세요. 자세히: {message}',
  'problem.media-unreadable':
    '미디어 파일을 읽을 수 없습니다. 파일이 온전한지 확인하거나 다른 파일을 쓰세요. 자세히: {message}',
  'problem.media-unsupported': '지원하지 않는 미디어입니다. 다른 형식으로 바꾸어 다시 시도하세요. 자세히: {message}',
  'problem.media-missing': '미디어 파일이 제자리에 없습니다. 라이브러리에서 파일을 다시 찾으세요. 자세히: {message}',
  'problem.ffmpeg-missing':
    'ffmpeg를 찾을 수 없습니다. ffmpeg를 설치하거나 그 위치를 지정한 뒤 다시 시도하세요. 자세히: {message}',
  'problem.ffmpeg-failed':
    'ffmpeg가 작업을 마치지 못했습니다. 다른 형식이나 다른 파일로 다시 시도하세요. 자세히: {message}',
  'problem.output-exists': '같은 이름의 항목이 이미 있습니다. 다른 이름을 쓰거나 기존 것을 바꾸세요. 자세히: {message}',
  'problem.recipe-invalid': '레시피를 읽을 수 없습니다. Sluice가 만든 다른 파일을 고르세요. 자세히: {message}',
  'problem.project-not-found': '이 위치에 프로젝트가 없습니다. 옮겨졌는지 확인하고 다시 찾으세요. 자세히: {message}',
  'problem.project-invalid':
    '프로젝트가 올바르지 않아 읽을 수 없습니다. 사본이나 보관 파일이 있으면 그것을 여세요. 자세히: {message}',
  'problem.project-newer': '더 새로운 Sluice가 만든 프로젝트입니다. Sluice를 업데이트한 뒤 여세요. 자세히: {message}',
  'problem.project-locked':
    '프로젝트가 다른 Sluice에서 열려 있습니다. 그곳에서 닫은 뒤 다시 시도하세요. 자세히: {message}',
  'problem.channel-protocol': 'Sluice와 주고받는 연결에 문제가 있습니다. 계속되면 창을 다시 여세요. 자세히: {message}',
  'problem.job-not-found': '이 작업은 대기열에 더는 없습니다. 필요하면 다시 실행하세요. 자세히: {message}',
  'problem.queue-busy': '다른 작업이 진행 중이라 지금은 할 수 없습니다. 끝난 뒤 다시 시도하세요. 자세히: {message}',
  'problem.internal': '예상하지 못한 문제가 일어났습니다. 다시 시도하세요. 자세히: {message}',
};
