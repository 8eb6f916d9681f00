/**
 * The way out: asks where ending would cost somebody something, then stops what runs so that it goes on next time, saves, and ends. The
 * queue of shots is kept on disk whatever the answer.
 */
import { app, dialog } from 'electron';
import type { Menu } from '#shared/studio/desktop';
import type { Sluice } from '../sluice';
import type { Studio } from '../studio/studio';
import { quitQuestion, type Unfinished } from './quit-question';
import type { Windows } from './windows';

export interface QuittingOptions {
  readonly studio: Studio;
  readonly sluice: Sluice;
  readonly windows: Windows;
  /** Undefined until a window has said them. */
  readonly words: () => Menu['quitting'] | undefined;
}

type State = 'running' | 'asking' | 'ending' | 'ended';

export class Quitting {
  private state: State = 'running';

  constructor(private readonly options: QuittingOptions) {
    app.on('before-quit', (event) => {
      if (this.state === 'ended') return;
      event.preventDefault();
      if (this.state === 'running') void this.quit();
    });
  }

  /** Whether a window may close: the last one does so by quitting, where that ends the program. */
  get isEnding(): boolean {
    return this.state === 'ending' || this.state === 'ended';
  }

  private async quit(): Promise<void> {
    this.state = 'asking';
    if (!(await this.isWanted())) {
      this.state = 'running';
      return;
    }
    this.state = 'ending';
    const { studio, sluice, windows } = this.options;
    try {
      await studio.close();
    } catch (error) {
      dialog.showErrorBox('Sluice', error instanceof Error ? error.message : String(error));
    }
    await sluice.close().catch(() => undefined);
    await windows.kept();
    this.state = 'ended';
    app.quit();
  }

  private async isWanted(): Promise<boolean> {
    const { studio, words, windows } = this.options;
    const question = quitQuestion(unfinishedOf(studio), words());
    if (question === undefined) return true;
    const { message, detail, buttons } = question;
    const options = { type: 'question' as const, message, detail, buttons: [...buttons], cancelId: 0, defaultId: 0 };
    const { foremost } = windows;
    const asked = foremost === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(foremost, options);
    return (await asked).response === 1;
  }
}

function unfinishedOf({ parts }: Studio): Unfinished {
  const { generation, files, projects } = parts;
  return {
    jobs: generation.jobsHere.some(({ state }) => state.kind === 'running'),
    exports: files.isBusy,
    unsaved: projects.hasUnsaved,
  };
}
