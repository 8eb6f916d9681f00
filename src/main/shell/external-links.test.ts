import { expect, it } from 'vitest';
import { isExternalLink } from './external-links';

it('opens links of a few hosts, over https, and no others', () => {
  expect(isExternalLink('https://huggingface.co/some/model?x=1#y')).toBe(true);
  for (const url of [
    ...[
      'http://huggingface.co/',
      'https://huggingface.co.evil.example/',
      'https://evil.example/',
      'file:///etc/passwd',
    ],
    ...[
      'https://a:b@github.com/',
      'https://github.com:444/',
      'smb://github.com/x',
      'ms-msdt:/id',
      'javascript:alert(1)',
      '',
    ],
  ])
    expect(isExternalLink(url), url).toBe(false);
});
