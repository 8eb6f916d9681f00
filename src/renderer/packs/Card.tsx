/** A pack's card. What it says comes from outside: it is shown as known parts and text, and its pictures come from the pack alone. */
import { Fragment, useEffect, useMemo, useState } from 'react';
import type { Sha256 } from '#shared/units';
import { useSay, useStudio } from '../studio/use-studio';
import { readMarkdown, type Block, type Inline } from './markdown';
import { PackPicture } from './PackPicture';
import styles from './packs.module.css';

export function Card({ hash }: { readonly hash: Sha256 }) {
  const say = useSay();
  const markdown = useCard(hash);
  const blocks = useMemo(() => readMarkdown(markdown ?? ''), [markdown]);
  if (markdown === undefined) return null;
  if (blocks.length === 0) return <p className={styles['aside']}>{say('packs.noCard')}</p>;
  return (
    <div className={styles['markdown']}>
      {blocks.map((block, at) => (
        <BlockPart key={at} block={block} hash={hash} />
      ))}
    </div>
  );
}

/** The screen has headings of its own above these. */
const headings = { 1: 'h4', 2: 'h4', 3: 'h5' } as const;

function BlockPart({ block, hash }: { readonly block: Block; readonly hash: Sha256 }) {
  const inline = (parts: readonly Inline[]) => <InlineParts parts={parts} hash={hash} />;
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[block.level];
      return <Heading data-level={block.level}>{inline(block.parts)}</Heading>;
    }
    case 'paragraph':
      return <p>{inline(block.parts)}</p>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, at) => (
            <li key={at}>{inline(item)}</li>
          ))}
        </List>
      );
    }
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell, at) => (
                <th key={at}>{inline(cell)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{inline(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function InlineParts({ parts, hash }: { readonly parts: readonly Inline[]; readonly hash: Sha256 }) {
  return parts.map((part, at) => {
    switch (part.kind) {
      case 'text':
        return <Fragment key={at}>{part.text}</Fragment>;
      case 'code':
        return <code key={at}>{part.text}</code>;
      case 'strong':
        return (
          <strong key={at}>
            <InlineParts parts={part.parts} hash={hash} />
          </strong>
        );
      case 'emphasis':
        return (
          <em key={at}>
            <InlineParts parts={part.parts} hash={hash} />
          </em>
        );
      case 'picture':
        return <PackPicture key={at} hash={hash} path={part.path} description={part.text} />;
    }
  });
}

/** Undefined until it is known. */
function useCard(hash: Sha256): string | undefined {
  const studio = useStudio();
  const [card, setCard] = useState<{ readonly hash: Sha256; readonly markdown: string }>();
  useEffect(() => {
    let isWanted = true;
    studio
      .channel()
      .request('packCard', { hash })
      .then(({ markdown }) => isWanted && setCard({ hash, markdown }))
      .catch(() => isWanted && setCard({ hash, markdown: '' }));
    return () => {
      isWanted = false;
    };
  }, [studio, hash]);
  return card?.hash === hash ? card.markdown : undefined;
}
