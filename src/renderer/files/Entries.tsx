/** What is in a folder, as a list that arrow keys walk through: Enter opens a folder or answers with a file, Backspace goes up. */
import { Clapperboard, CornerLeftUp, File, Folder } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { PathQuestion } from '#shared/studio/desktop';
import type { FolderList } from '#shared/studio/folders';
import { Button } from '../controls/Button';
import { sizeText } from '../generate/quantity-text';
import { useSay } from '../studio/use-studio';
import styles from './files.module.css';
import { fits } from './types';

interface Props {
  readonly list: FolderList;
  readonly question: PathQuestion;
  readonly chosen: readonly string[];
  readonly onChoose: (paths: readonly string[]) => void;
  readonly onEnter: (folder: string) => void;
  readonly onAnswer: (paths: readonly string[]) => void;
}

type Entry = FolderList['entries'][number];

export function Entries({ list, question, chosen, onChoose, onEnter, onAnswer }: Props) {
  const say = useSay();
  const entries = shownEntries(list, question);
  // The list stays the same element as its folder changes, so that it keeps the focus.
  const [place, setPlace] = useState({ folder: list.folder, index: 0 });
  const at = place.folder === list.folder ? place.index : 0;
  const open = (entry: Entry): void => {
    if (entry.kind === 'folder') onEnter(entry.path);
    else if (question.kind !== 'save') onAnswer([entry.path]);
  };
  const choose = (entry: Entry, index: number, isAdded: boolean): void => {
    setPlace({ folder: list.folder, index });
    onChoose(chosenAfter(question, chosen, entry, isAdded));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const entry = entries[at];
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    const next = to === undefined ? undefined : Math.min(entries.length - 1, Math.max(0, to));
    const there = next === undefined ? undefined : entries[next];
    if (next !== undefined && there !== undefined) choose(there, next, event.shiftKey);
    else if (event.key === 'Enter' && entry !== undefined) open(entry);
    else if (event.key === 'Backspace' && list.parent !== undefined) onEnter(list.parent);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Button className={styles['up']} disabled={list.parent === undefined} onClick={() => onEnter(list.parent ?? '')}>
        <CornerLeftUp size={13} aria-hidden />
        {say('files.up')}
      </Button>
      <ul
        className={styles['list']}
        role="listbox"
        tabIndex={0}
        aria-label={say('files.entries')}
        aria-multiselectable={question.kind === 'files' && question.many === true}
        aria-activedescendant={entries[at] && idOf(at)}
        onKeyDown={onKeyDown}
      >
        {entries.map((entry, index) => (
          <Row
            key={entry.path}
            id={idOf(index)}
            entry={entry}
            isChosen={chosen.includes(entry.path)}
            isActive={index === at}
            onChoose={(isAdded) => choose(entry, index, isAdded)}
            onOpen={() => open(entry)}
          />
        ))}
      </ul>
      {entries.length === 0 && <p className={styles['nothing']}>{say('files.nothing')}</p>}
      {list.isCutShort && <p className={styles['nothing']}>{say('files.cutShort', { count: list.entries.length })}</p>}
    </>
  );
}

interface RowProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly onChoose: (isAdded: boolean) => void;
  readonly onOpen: () => void;
}

function Row({ id, entry, isChosen, isActive, onChoose, onOpen }: RowProps) {
  return (
    <li
      id={id}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      role="option"
      className={styles['entry']}
      aria-selected={isChosen}
      data-active={isActive}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
      onDoubleClick={onOpen}
    >
      <Icon kind={entry.kind} />
      <span className={styles['name']}>{entry.name}</span>
      <span className={styles['size']}>{entry.kind === 'file' ? sizeText(entry.sizeBytes) : ''}</span>
    </li>
  );
}

function Icon({ kind }: { readonly kind: Entry['kind'] }) {
  const Shape = { folder: Folder, project: Clapperboard, file: File }[kind];
  return <Shape size={14} aria-hidden />;
}

const idOf = (index: number): string => `files-entry-${index}`;

/** Of a kind that is not wanted none is chosen; with `isAdded` those before stay, and one that was chosen goes. */
function chosenAfter(
  question: PathQuestion,
  chosen: readonly string[],
  { kind, path }: Entry,
  isAdded: boolean,
): readonly string[] {
  if ((question.kind === 'folder') === (kind === 'file')) return [];
  const isMany = question.kind === 'files' && question.many === true;
  if (!isAdded || !isMany) return [path];
  const others = chosen.filter((each) => each !== path);
  return others.length < chosen.length ? others : [...chosen, path];
}

/** Folders first. Files only where a file is wanted, and only those that fit. */
function shownEntries({ entries }: FolderList, question: PathQuestion): readonly Entry[] {
  const folders = entries.filter(({ kind }) => kind !== 'file');
  if (question.kind === 'folder') return folders;
  return [...folders, ...entries.filter(({ kind, name }) => kind === 'file' && fits(name, question.types ?? []))];
}
