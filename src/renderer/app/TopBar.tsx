/** The bar on top: which project, whether it is safe, undo and redo, the prompt of the next shot, and the ways to everything else. */
import { ChevronDown, Command, Package, Redo2, Settings, SunMoon, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { useShownKeys } from '../commands/use-shown-keys';
import { CommandButton } from '../commands/CommandButton';
import { commands } from '../commands/table';
import { Button, IconButton } from '../controls/Button';
import { ExportButton } from '../export/ExportButton';
import { PromptBar } from '../generate/PromptBar';
import { useDocument, useSay, useStudio } from '../studio/use-studio';
import { errorText, problemText } from '../studio/problem-text';
import mark from '../theme/icon.svg';
import styles from './app.module.css';

export function TopBar() {
  const say = useSay();
  return (
    <header className={styles['bar']} aria-label={say('bar.label')}>
      <div className={styles['start']}>
        <img className={styles['mark']} src={mark} alt="" />
        <Title />
        <SaveState />
        <TakeBack />
      </div>
      <PromptBar />
      <div className={styles['end']}>
        <ExportButton />
        <CommandButton id="theme">
          <SunMoon size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="packs">
          <Package size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="settings">
          <Settings size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="palette">
          <Command size={14} aria-hidden />
        </CommandButton>
      </div>
    </header>
  );
}

/** Leads to the other projects. */
function Title() {
  const say = useSay();
  const { dialogs } = useStudio();
  const title = useDocument(({ project }) => project.title);
  return (
    <>
      <h1 className="only-read-aloud">{title}</h1>
      <Button
        className={styles['projects']}
        data-tour="projects"
        aria-label={say('bar.projects', { title })}
        onClick={() => dialogs.setState({ open: 'projects' })}
      >
        <span className={styles['title']}>{title}</span>
        <ChevronDown size={12} aria-hidden />
      </Button>
    </>
  );
}

function SaveState() {
  const say = useSay();
  const connection = useStore(useStudio().connection);
  const state = useDocument((document) => document.state);
  const unanswered = useDocument((document) => document.unanswered);
  const [kind, text] = ((): readonly [string, string] => {
    if (connection.kind === 'lost')
      return ['lost', say('app.lost', { reason: errorText(connection.because, say), attempt: connection.attempt })];
    if (state.kind === 'unsaved') return ['unsaved', say('save.failed', { reason: problemText(state.problem, say) })];
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
        keys={useKeysOf('undo')}
        disabled={undo === null}
        onClick={() => document.undo()}
      >
        <Undo2 size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={redo === null ? say('bar.nothingToRedo') : say('bar.redo', { edit: say(`edit.${redo}`) })}
        keys={useKeysOf('redo')}
        disabled={redo === null}
        onClick={() => document.redo()}
      >
        <Redo2 size={14} aria-hidden />
      </IconButton>
    </>
  );
}

function useKeysOf(id: string): string {
  const shownKeys = useShownKeys();
  const command = commands.find((each) => each.id === id);
  return command === undefined ? '' : shownKeys(command);
}
