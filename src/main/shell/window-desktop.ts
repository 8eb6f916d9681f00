/** The desktop of an Electron window: the system's dialogs on top of it, its files shown by the system, its commands in the menu bar. */
import { dialog, shell, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import { SluiceError } from '#shared/errors';
import type { Menu, PathAnswer } from '#shared/studio/desktop';
import type { AskedPath, Desktop } from '../studio/desktop';

type OpenQuestion = Exclude<AskedPath, { kind: 'save' }>;

export interface WindowDesktopOptions {
  readonly window: BrowserWindow;
  readonly opening: string | undefined;
  readonly onMenu: (menu: Menu) => void;
}

export class WindowDesktop implements Desktop {
  private readonly listeners = new Set<(command: string) => void>();

  constructor(private readonly options: WindowDesktopOptions) {}

  get opening(): string | undefined {
    return this.options.opening;
  }

  async choosePaths(question: AskedPath): Promise<PathAnswer> {
    const { window } = this.options;
    if (question.kind === 'save') {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        ...named(question),
        filters: filtersOf(question.types),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return answerOf(canceled, [filePath]);
    }
    const { canceled, filePaths } = await dialog.showOpenDialog(window, openOptions(question));
    return answerOf(canceled, filePaths);
  }

  reveal(file: string): Promise<void> {
    shell.showItemInFolder(file);
    return Promise.resolve();
  }

  async open(file: string): Promise<void> {
    const problem = await shell.openPath(file);
    if (problem === '') return;
    throw new SluiceError('invalid-argument', `"${file}" cannot be opened: ${problem} Choose a program for it first.`, {
      details: { file },
    });
  }

  setMenu(menu: Menu): void {
    this.options.onMenu(menu);
  }

  onMenuChoice(listener: (command: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A command was chosen in the menu bar. */
  choose(command: string): void {
    for (const listener of this.listeners) listener(command);
  }
}

/** A Mac shows the message, other systems the title. */
function named({ title, startIn }: AskedPath) {
  return { title, message: title, ...(startIn !== undefined && { defaultPath: startIn }) };
}

function openOptions(question: OpenQuestion): OpenDialogOptions {
  // A project is a folder, whatever a Mac takes it for.
  if (question.kind === 'folder')
    return { ...named(question), properties: ['openDirectory', 'createDirectory', 'treatPackageAsDirectory'] };
  const many: OpenDialogOptions['properties'] = question.many ? ['multiSelections'] : [];
  return { ...named(question), filters: filtersOf(question.types), properties: ['openFile', ...many] };
}

function filtersOf(types: Extract<AskedPath, { kind: 'files' }>['types']): FileFilter[] {
  return types.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}

function answerOf(canceled: boolean, paths: readonly string[]): PathAnswer {
  const chosen = paths.filter((path) => path !== '');
  return canceled || chosen.length === 0 ? { kind: 'cancelled' } : { kind: 'chosen', paths: chosen };
}
