import { expect, test } from 'vitest';
import { readInline, readMarkdown } from './markdown';

test('headings, paragraphs, lists, tables and code become parts', () => {
  const card = `# Papercut

Knows **one world**
and \`says\` so.

- boats
  and whales
- trains

1. first

| stage | FVD |
| --- | ---: |
| base | *12* |

\`\`\`
npm <start>
\`\`\`
`;
  expect(readMarkdown(card)).toEqual([
    { kind: 'heading', level: 1, parts: [{ kind: 'text', text: 'Papercut' }] },
    {
      kind: 'paragraph',
      parts: [
        { kind: 'text', text: 'Knows ' },
        { kind: 'strong', parts: [{ kind: 'text', text: 'one world' }] },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'says' },
        { kind: 'text', text: ' so.' },
      ],
    },
    {
      kind: 'list',
      isOrdered: false,
      items: [[{ kind: 'text', text: 'boats and whales' }], [{ kind: 'text', text: 'trains' }]],
    },
    { kind: 'list', isOrdered: true, items: [[{ kind: 'text', text: 'first' }]] },
    {
      kind: 'table',
      head: [[{ kind: 'text', text: 'stage' }], [{ kind: 'text', text: 'FVD' }]],
      rows: [[[{ kind: 'text', text: 'base' }], [{ kind: 'emphasis', parts: [{ kind: 'text', text: '12' }] }]]],
    },
    { kind: 'code', text: 'npm <start>' },
  ]);
});

test('HTML is text, and links keep their words alone', () => {
  const html = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  expect(readMarkdown(html)).toEqual([{ kind: 'paragraph', parts: [{ kind: 'text', text: html }] }]);
  expect(readInline('see [here](javascript:alert)')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'text', text: 'here' },
  ]);
});

test('pictures are found wherever they stand in a text', () => {
  expect(readMarkdown('# a ![x](one.png)\n\ntext **![y](two.webp)**\n')).toMatchObject([
    { kind: 'heading', parts: [{ kind: 'text' }, { kind: 'picture', path: 'one.png' }] },
    {
      kind: 'paragraph',
      parts: [{ kind: 'text' }, { kind: 'strong', parts: [{ kind: 'picture', path: 'two.webp' }] }],
    },
  ]);
});

test('anything ends: no input makes it read for ever, and none of its words is lost', () => {
  for (const odd of ['|', '| a\n|--|', '```', '- ', '#', '**', '![', '1)', '\n\n\n', '*a'.repeat(2000)])
    expect(JSON.stringify(readMarkdown(odd)).length).toBeGreaterThan(1);
});
