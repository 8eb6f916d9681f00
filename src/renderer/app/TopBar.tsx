/** The bar on top: which project, whether it is safe, undo and redo, the prompt of the next shot, and the commands. */
import { Command, Keyboard, Languages, Redo2, SunMoon, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { readable, isMacIn } from '../commands/keys';
import { commands } from '../commands/table';
import { IconButton } from '../controls/Button';
import { ExportButton } from '../export/ExportButton';
import { PromptBar } from '../generate/PromptBar';
import { changeLooks } from '../studio/looks';
import { useDocument, useSay, useStudio, useView } from '../studio/use-studio';
import styles from './app.module.css';

export function TopBar() {
  const say = useSay();
  const title = useDocument(({ project }) => project.title);
  return (
    <header className={styles['bar']} aria-label={say('bar.label')}>
      <div className={styles['start']}>
        <h1 className={styles['title']}>{title}</h1>
        <SaveState />
        <TakeBack />
      </div>
      <PromptBar />
      <div className={styles['end']}>
        <ExportButton />
        <Looks />
      </div>
    </header>
  );
}

function SaveState() {
  const say = useSay();
  const connection = useStore(useStudio().connection);
  const state = useDocument((document) => document.state);
  const unanswered = useDocument((document) => document.unanswered);
  const [kind, text] = ((): readonly [string, string] => {
    if (connection.kind === 'lost')
      return ['lost', say('app.lost', { reason: connection.reason, attempt: connection.attempt })];
    if (state.kind === 'unsaved') return ['unsaved', say('save.failed', { reason: state.problem.message })];
    if (state.kind === 'read-only') return ['read-only', say('app.readOnly')];
    const count = Math.max(unanswered, state.kind === 'saving' ? state.edits : 0);
    return count > 0 ? ['saving', say('save.saving', { count })] : ['saved', say('save.saved')];
  })();
  return (
    <span className={styles['save']} data-state={kind} role="status" title={text}>
      {text}
    </span>
  );
}

function TakeBack() {
  const say = useSay();
  const { document } = useStudio();
  const { undo, redo } = useDocument(({ stacks }) => stacks);
  return (
    <>
      <IconButton
        label={undo === null ? say('bar.nothingToUndo') : say('bar.undo', { edit: say(`edit.${undo}`) })}
        keys={keysOf('undo')}
        disabled={undo === null}
        onClick={() => document.undo()}
      >
        <Undo2 size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={redo === null ? say('bar.nothingToRedo') : say('bar.redo', { edit: say(`edit.${redo}`) })}
        keys={keysOf('redo')}
        disabled={redo === null}
        onClick={() => document.redo()}
      >
        <Redo2 size={14} aria-hidden />
      </IconButton>
    </>
  );
}

function Looks() {
  const say = useSay();
  const studio = useStudio();
  const { theme, language } = useView((view) => view);
  return (
    <>
      <IconButton
        label={say('bar.language')}
        onClick={() => changeLooks(studio, { language: language === 'en' ? 'ko' : 'en' })}
      >
        <Languages size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={say('bar.theme')}
        onClick={() => changeLooks(studio, { theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        <SunMoon size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={say('bar.shortcuts')}
        keys={keysOf('shortcuts')}
        onClick={() => studio.dialogs.setState({ open: 'shortcuts' })}
      >
        <Keyboard size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={say('bar.commands')}
        keys={keysOf('palette')}
        onClick={() => studio.dialogs.setState({ open: 'palette' })}
      >
        <Command size={14} aria-hidden />
      </IconButton>
    </>
  );
}

function keysOf(id: string): string {
  const [key] = commands.find((command) => command.id === id)?.keys ?? [];
  return key === undefined ? '' : readable(key, isMacIn(navigator.userAgent));
}
