import { expect, test } from 'vitest';
import { errorCodes, SluiceError } from '#shared/errors';
import { errorText, problemText } from './problem-text';
import { sayIn } from '../text/text';

const message = 'Stage "base" gave {NaN} in step 3.';

test.each(errorCodes)('%s stands as it is in English, and is said before the message in Korean', (code) => {
  expect(problemText({ code, message }, sayIn('en'))).toBe(message);
  expect(problemText({ code, message }, sayIn('ko'))).toMatch(
    /^[^.]*[가-힣][^.]*\. .*자세히: Stage "base" gave \{NaN\}/,
  );
});

test('whatever was thrown is said: by its code, or as what nobody foresaw', () => {
  expect(errorText(new SluiceError('disk-full', 'No room.'), sayIn('ko'))).toContain('디스크에 공간이 부족합니다');
  expect(errorText(new TypeError('x is not a function'), sayIn('en'))).toBe('x is not a function');
  expect(errorText('odd', sayIn('ko'))).toMatch(/예상하지 못한 문제.*odd$/);
});
