import { expect, it } from 'vitest';
import { isOurs } from './scheme';

it('knows its own origin from those that look like it', () => {
  for (const url of ['sluice://studio/', 'sluice://studio/media/a?b=c', 'sluice://studio'])
    expect(isOurs(url), url).toBe(true);
  for (const url of [
    ...[
      'https://studio/',
      'sluice://studio.evil.example/',
      'sluice://evil.example/',
      'sluice://a:b@studio/',
      'sluice:studio',
    ],
    ...[
      'file:///etc/passwd',
      'about:blank',
      'data:text/html,x',
      'javascript:alert(1)',
      'sluice://studio:80/',
      '',
      'studio',
    ],
  ])
    expect(isOurs(url), url).toBe(false);
});
